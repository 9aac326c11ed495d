package dev.muster.server.lab;

import dev.muster.identity.Caller;
import dev.muster.kernel.Ids;
import dev.muster.kernel.KernelRefusal;
import dev.muster.lab.BoardName;
import dev.muster.lab.wire.Proof;
import dev.muster.lab.wire.Tickets;
import dev.muster.server.security.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Tickets for consoles, in memory and by their digests, a bounded number. A ticket is its maker's: what they may no longer,
 * it does not open, and a console that it opened closes.
 */
public final class ConsoleTickets implements Tickets {

    static final Duration LIFE = Duration.ofSeconds(30);
    private static final int TICKETS_MAX = 10_000;

    private record Ticket(String board, Standing maker, Instant expiresAt) {}

    /** @param text what opens the console, shown this once */
    record Issued(String text, Instant expiresAt) {

        @Override
        public String toString() {
            return "Issued[until " + expiresAt + "]";
        }
    }

    private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();
    private final Clock clock;

    public ConsoleTickets(Clock clock) {
        this.clock = clock;
    }

    Issued issue(BoardName board, Standing maker) {
        Instant now = clock.instant();
        tickets.values().removeIf(each -> !now.isBefore(each.expiresAt()));
        if (tickets.size() >= TICKETS_MAX) {
            throw KernelRefusal.OVERLOADED.because("Too many consoles are being opened.");
        }
        Issued issued = new Issued(Ids.secret(), now.plus(LIFE));
        tickets.put(Ids.digest(issued.text()), new Ticket(board.value(), maker, issued.expiresAt()));
        return issued;
    }

    @Override
    public @Nullable Proof take(String text, String board) {
        String digest = Ids.digest(text);
        Ticket ticket = tickets.get(digest);
        // One that is shown at another board's door is not used up: nobody else's mistake shall spoil it.
        if (ticket == null
                || !ticket.board().equals(board)
                || !clock.instant().isBefore(ticket.expiresAt())
                || !tickets.remove(digest, ticket)) {
            return null;
        }
        return provenance -> callerNow(ticket.maker(), provenance);
    }

    private static Mono<Caller> callerNow(Standing maker, Map<String, String> provenance) {
        return Mono.fromCallable(() -> maker.now()).flatMap(Mono::justOrEmpty).map(who -> who.asCaller(provenance));
    }
}
