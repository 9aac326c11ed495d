package dev.muster.identity.command;

import static dev.muster.identity.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.command.IdentitySettings.AttemptPace;
import dev.muster.kernel.Refused;
import dev.muster.testing.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private final HandClock clock = HandClock.at("2026-03-01T10:00:00Z");
    private final Attempts attempts =
            new Attempts(new AttemptPace(2, Duration.ofSeconds(10), 100, Duration.ofSeconds(1), 50), clock);

    @Test
    void aRefusalSaysWhenToComeBack() {
        attempts.take("ann", "a");
        attempts.take("ann", "a");
        Throwable refused = catchThrowable(() -> attempts.take("ann", "a"));
        assertThat(Refused.in(refused).orElseThrow().details()).containsEntry("retryAfterSeconds", 11L);
        clock.advance(Duration.ofSeconds(10));
        attempts.take("ann", "a");
        assertRefused(IdentityRefusal.TOO_MANY_ATTEMPTS, () -> attempts.take("ann", "a"));
    }

    @Test
    void refusedAttemptsCostNothing() {
        attempts.take("ann", "a");
        attempts.take("ann", "a");
        for (int i = 0; i < 1000; i++) {
            assertRefused(IdentityRefusal.TOO_MANY_ATTEMPTS, () -> attempts.take("ann", "a"));
        }
        clock.advance(Duration.ofSeconds(10));
        attempts.take("ann", "a");
    }

    @Test
    void givingBackNeverFillsABucketBeyondItsSize() {
        for (int i = 0; i < 10; i++) {
            attempts.giveBack("ann", "a");
        }
        attempts.take("ann", "a");
        attempts.take("ann", "a");
        assertRefused(IdentityRefusal.TOO_MANY_ATTEMPTS, () -> attempts.take("ann", "a"));
    }

    @Test
    void aClockThatStepsBackTakesNothingAway() {
        attempts.take("ann", "a");
        clock.advance(Duration.ofHours(-1));
        attempts.take("ann", "a");
        assertRefused(IdentityRefusal.TOO_MANY_ATTEMPTS, () -> attempts.take("ann", "a"));
    }

    @Test
    void sprayingNamesFromOneAddressRunsIntoTheAddress() {
        for (int i = 0; i < 100; i++) {
            attempts.take("name" + i, "a");
        }
        assertRefused(IdentityRefusal.TOO_MANY_ATTEMPTS, () -> attempts.take("another", "a"));
    }
}
