package dev.muster.apps.reagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.registry.DeviceId;
import dev.muster.testing.HandClock;
import dev.muster.wamp.WampFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Reports have a share of time. */
class ReportPaceTest {

    private static final DeviceId ONE = new DeviceId("one");
    private final HandClock clock = HandClock.at("2026-11-20T08:00:00Z");
    private final ReportPace pace = new ReportPace(10, 5, Duration.ofMillis(300), clock);

    @Test
    void someAreTakenAtOnceAndMoreWait() {
        for (int i = 0; i <= 5; i++) {
            assertThat(pace.next(ONE)).as("report %s", i).isZero();
        }
        assertThat(pace.next(ONE)).isEqualTo(Duration.ofMillis(100));
        assertThat(pace.next(ONE)).isEqualTo(Duration.ofMillis(200));
        assertThat(pace.next(ONE)).isEqualTo(Duration.ofMillis(300));
        assertThatThrownBy(() -> pace.next(ONE)).isInstanceOf(WampFailure.class);
        assertThat(pace.next(new DeviceId("two"))).isZero();
    }

    @Test
    void whoeverComesAnewHasNotPaid() {
        for (int i = 0; i < 9; i++) {
            assertThat(pace.next(ONE).isNegative()).isFalse();
        }
        pace.forget(ONE);
        assertThatThrownBy(() -> pace.next(ONE)).isInstanceOf(WampFailure.class);
        clock.advance(Duration.ofSeconds(2));
        pace.forget(ONE);
        assertThat(pace.next(ONE)).isZero();
    }

    @Test
    void oneThatWasRefusedCountsForNothing() {
        for (int i = 0; i < 9; i++) {
            assertThat(pace.next(ONE).isNegative()).isFalse();
        }
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> pace.next(ONE)).isInstanceOf(WampFailure.class);
        }
        clock.advance(Duration.ofMillis(100));
        assertThat(pace.next(ONE)).isEqualTo(Duration.ofMillis(300));
    }
}
