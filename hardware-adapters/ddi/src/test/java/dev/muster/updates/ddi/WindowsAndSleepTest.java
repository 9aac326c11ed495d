package dev.muster.updates.ddi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.kernel.Refused;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.MaintenanceWindows.Standing;
import dev.muster.updates.PollingTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsAndSleepTest {

    private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");
    private final MaintenanceWindows windows = new CronWindows();

    private static MaintenanceWindow window(String cron, Duration open, String zone) {
        return new MaintenanceWindow(cron, open, zone);
    }

    @Test
    void aDailyWindowOpensAndCloses() {
        MaintenanceWindow night = window("0 0 2 * * ?", Duration.ofHours(1), "+01:00");

        Standing before = windows.at(night, TEN);
        assertThat(before.open()).isFalse();
        assertThat(before.opens()).isEqualTo("2026-03-03T01:00:00Z");
        assertThat(before.until()).isEqualTo(before.opens());
        Standing during = windows.at(night, Instant.parse("2026-03-03T01:30:00Z"));
        assertThat(during.open()).isTrue();
        assertThat(during.closes()).isEqualTo("2026-03-03T02:00:00Z");
        assertThat(windows.at(night, Instant.parse("2026-03-03T02:00:00Z")).open())
                .isFalse();
    }

    @Test
    void atItsVeryStartAWindowIsNotYetOpen() {
        MaintenanceWindow window = window("0 0 10 * * ?", Duration.ofMinutes(5), "Z");

        assertThat(windows.at(window, TEN).open()).isFalse();
        assertThat(windows.at(window, TEN).opens()).isEqualTo(TEN);
        assertThat(windows.at(window, TEN.plusMillis(1)).open()).isTrue();
    }

    @Test
    void aWindowLongerThanItsPeriodIsAlwaysOpen() {
        MaintenanceWindow window = window("0 0 * * * ?", Duration.ofHours(2), "Z");

        assertThat(windows.at(window, TEN.plusSeconds(1)).open()).isTrue();
        assertThat(windows.at(window, TEN.plus(Duration.ofMinutes(59))).open()).isTrue();
        assertThat(windows.at(window, TEN.plus(Duration.ofMinutes(61))).open()).isTrue();
    }

    @Test
    void whatLiesInThePastIsOver() {
        MaintenanceWindow once = window("0 0 9 2 3 ? 2026", Duration.ofMinutes(30), "Z");

        assertThat(windows.at(once, TEN.minusSeconds(3000)).open()).isTrue();
        assertThat(windows.at(once, TEN).over()).isTrue();
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> windows.onlyReadable(once, TEN))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo("updates.window-invalid"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense|PT1H|Z",
                "0 0 2 * *|PT1H|Z",
                "0 0 2 * * ?|PT0S|Z",
                "0 0 2 * * ?|PT1H|Mars/Base",
                "0 0 2 * * ?|P400D|Z",
                "0 0 25 * * ?|PT1H|Z"
            })
    void whatCannotBeReadIsRefusedAndOtherwiseOver(String cron, Duration open, String zone) {
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> windows.onlyReadable(window(cron, open, zone), TEN));
        assertThat(windows.at(window(cron, open, zone), TEN).over()).isTrue();
    }

    @Test
    void summerTimeIsKept() {
        MaintenanceWindow berlin = window("0 0 3 * * ?", Duration.ofHours(1), "Europe/Berlin");

        assertThat(windows.at(berlin, Instant.parse("2026-03-28T12:00:00Z")).opens())
                .isEqualTo("2026-03-29T01:00:00Z");
        assertThat(windows.at(berlin, Instant.parse("2026-03-27T12:00:00Z")).opens())
                .isEqualTo("2026-03-28T02:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"16,300", "10,200", "5,100", "1,30"})
    void theSleepIsAThirdOfTheWayToTheWindow(int minutes, long seconds) {
        Standing closed = new Standing(false, TEN.plus(Duration.ofMinutes(minutes)), null, TEN, null);

        assertThat(SleepTime.before(closed, TEN, Duration.ofMinutes(5), 3)).hasSeconds(seconds);
    }

    @Test
    void withoutAWayToGoItIsThePlainValue() {
        Standing open = new Standing(true, null, TEN.plusSeconds(60), TEN, null);
        Standing over = new Standing(false, null, null, TEN, null);

        assertThat(SleepTime.before(open, TEN, Duration.ofMinutes(5), 3)).hasMinutes(5);
        assertThat(SleepTime.before(over, TEN, Duration.ofMinutes(5), 3)).hasMinutes(5);
    }

    @Test
    void aSpreadStaysWithinItsBoundsAndTheWires() {
        for (int i = 0; i < 1000; i++) {
            assertThat(SleepTime.drawn(new PollingTime.Span(Duration.ofMinutes(10), 50)))
                    .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(15));
            assertThat(SleepTime.drawn(new PollingTime.Span(Duration.ofSeconds(30), 100)))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(30));
            assertThat(SleepTime.drawn(new PollingTime.Span(PollingTime.INTERVAL_MAX, 100)))
                    .isLessThanOrEqualTo(PollingTime.INTERVAL_MAX);
        }
    }
}
