package dev.muster.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AgentPrivilege;
import dev.muster.apps.AppAccounts;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.command.Accounts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Nobody's number may nothing, and what a caller may is known while they call. */
class PrivilegeBookTest {

    private final HandClock clock = new HandClock();
    private final PrivilegeBook book = new PrivilegeBook(new Accounts(), new Strangers(), clock);

    private static Caller caller(Permission... permissions) {
        return new Caller(Caller.Kind.TOKEN, "t", "ann", null, Set.of(permissions), Map.of());
    }

    @Test
    void nobodyMayNothing() {
        for (AgentPrivilege each : AgentPrivilege.values()) {
            assertThat(book.may(11, each)).isFalse();
            assertThat(AgentPrivilege.named(each.name())).isEqualTo(each);
        }
        assertThat(AgentPrivilege.named("EVERYTHING")).isNull();
    }

    @Test
    void aCallerMayWhatTheyMayForAMinute() {
        book.remember(11, caller(Permission.APPS_READ, Permission.APPS_OPERATE));
        assertThat(book.may(11, AgentPrivilege.READ)).isTrue();
        assertThat(book.may(11, AgentPrivilege.NETWORK)).isTrue();
        assertThat(book.may(11, AgentPrivilege.DEVELOP)).isFalse();
        assertThat(book.may(12, AgentPrivilege.READ)).isFalse();
        clock.now = clock.now.plus(Duration.ofMinutes(1));
        assertThat(book.may(11, AgentPrivilege.READ)).isFalse();
    }

    private static final class Strangers implements AppAccounts {

        @Override
        public Mono<Long> of(Caller caller) {
            return Mono.just(11L);
        }

        @Override
        public @Nullable String person(long key) {
            return key == 11 ? "user:ann" : null;
        }
    }

    private static final class HandClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
