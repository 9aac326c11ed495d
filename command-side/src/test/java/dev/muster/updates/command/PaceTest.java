package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.updates.RolloutPolicy.Rate;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static Pace pace(Rate rate, Duration ran, @Nullable Instant last) {
        return Pace.of(rate, ran, last, NOON);
    }

    @Test
    void theFirstSliceIsDueAtOnce() {
        assertThat(pace(new Rate(600, null, null), Duration.ZERO, null))
                .isEqualTo(new Pace(20, NOON, NOON.plusSeconds(2)));
    }

    @Test
    void aSlowRateIsOneDeviceNowAndThen() {
        assertThat(pace(new Rate(1, null, null), Duration.ZERO, null))
                .isEqualTo(new Pace(1, NOON, NOON.plusSeconds(60)));
        assertThat(pace(new Rate(1, null, null), Duration.ZERO, NOON.minusSeconds(20))
                        .due())
                .isEqualTo(NOON.plusSeconds(40));
    }

    @Test
    void aLateTimerIsMadeUpForButAStandstillIsNot() {
        Rate rate = new Rate(600, null, null);
        assertThat(pace(rate, Duration.ZERO, NOON.minusMillis(2_500)).devices()).isEqualTo(25);
        assertThat(pace(rate, Duration.ZERO, NOON.minusSeconds(3_600)).devices())
                .isEqualTo(40);
    }

    @Test
    void itGrowsFromMinuteToMinuteUpToItsMaximum() {
        Rate rate = new Rate(600, 2.0, 2_000);
        assertThat(pace(rate, Duration.ofSeconds(59), null).devices()).isEqualTo(20);
        assertThat(pace(rate, Duration.ofSeconds(60), null).devices()).isEqualTo(40);
        assertThat(pace(rate, Duration.ofMinutes(500), null).devices()).isEqualTo(67);
    }

    @Test
    void inAMinuteItIsWhatWasAskedFor() {
        for (int perMinute : new int[] {1, 7, 60, 100, 999, 10_000, 1_000_000}) {
            Instant now = NOON;
            Instant last = null;
            int devices = 0;
            while (now.isBefore(NOON.plusSeconds(600))) {
                Pace pace = Pace.of(new Rate(perMinute, null, null), Duration.ZERO, last, now);
                devices += pace.devices();
                last = now;
                now = pace.next();
            }
            assertThat(devices).isBetween((int) (9.5 * perMinute), (int) (10.2 * perMinute) + 1);
        }
    }
}
