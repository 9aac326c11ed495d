package dev.muster.server.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.Caller;
import dev.muster.identity.Caller.Kind;
import dev.muster.identity.Role;
import dev.muster.identity.command.SignedIn;
import dev.muster.lab.BoardName;
import dev.muster.lab.wire.Proof;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ConsoleTicketsTest {

    private static final BoardName BOARD = new BoardName("a64-1");
    private static final SignedIn ANN = SignedIn.person(Kind.USER, new UUID(1, 2), "ann", Set.of(Role.LAB_USER));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T08:00:00Z"));
    private final ConsoleTickets tickets = new ConsoleTickets(new Clock() {
        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    });

    @Test
    void aTicketStandsForItsMakerOnce() {
        String ticket = tickets.issue(BOARD, () -> Optional.of(ANN)).text();
        assertThat(tickets.take(ticket, "a64-2")).as("another board's door").isNull();
        Proof proof = tickets.take(ticket, "a64-1");
        Caller caller = proof.callerOf(Map.of("address", "192.0.2.1")).block();
        assertThat(caller.person()).isEqualTo("user:" + new UUID(1, 2));
        assertThat(caller.provenance()).containsEntry("address", "192.0.2.1");
        assertThat(tickets.take(ticket, "a64-1")).as("used").isNull();
        assertThat(tickets.take("nothing", "a64-1")).isNull();
    }

    @Test
    void itIsGoodForHalfAMinute() {
        ConsoleTickets.Issued ticket = tickets.issue(BOARD, () -> Optional.of(ANN));
        assertThat(ticket.expiresAt()).isEqualTo(now.get().plus(ConsoleTickets.LIFE));
        assertThat(ticket.toString()).doesNotContain(ticket.text());
        now.set(ticket.expiresAt());
        assertThat(tickets.take(ticket.text(), "a64-1")).isNull();
    }

    @Test
    void whatItLetInLastsAsLongAsWhatItWasMadeFrom() {
        AtomicReference<Optional<SignedIn>> session = new AtomicReference<>(Optional.of(ANN));
        Proof proof = tickets.take(tickets.issue(BOARD, session::get).text(), "a64-1");
        assertThat(proof.callerOf(Map.of()).blockOptional(Duration.ofSeconds(1)))
                .isPresent();
        session.set(Optional.empty());
        assertThat(proof.callerOf(Map.of()).blockOptional(Duration.ofSeconds(1)))
                .isEmpty();
    }
}
