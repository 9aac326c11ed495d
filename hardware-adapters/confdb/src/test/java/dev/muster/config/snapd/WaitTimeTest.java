package dev.muster.config.snapd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitTimeTest {

    private static final Duration MAX = Duration.ofMinutes(10);

    @ParameterizedTest
    @CsvSource({
        "10s,PT10S",
        "1m30s,PT1M30S",
        "1.5m,PT1M30S",
        ".5s,PT0.5S",
        "1.s,PT1S",
        "0,PT0S",
        "0s,PT0S",
        "-0,PT0S",
        "+5s,PT5S",
        "100ms,PT0.1S",
        "1us,PT0.000001S",
        "1\u00b5s,PT0.000001S",
        "1\u03bcs,PT0.000001S",
        "7ns,PT0.000000007S",
        "10m,PT10M",
        "11m,PT10M",
        "99999999999999999999999h,PT10M"
    })
    void isRead(String text, Duration time) {
        assertThat(WaitTime.read(text, MAX)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "s", "1x", "-", "+", ".", ".s", "1 s", "1s ", "-1s", "-1ns", "1h-1m", "--1s", "1e3s"})
    void isRefused(String text) {
        assertThatThrownBy(() -> WaitTime.read(text, MAX))
                .isInstanceOfSatisfying(ConfdbFailure.class, failure -> assertThat(failure.status())
                        .isEqualTo(400));
    }

    @Test
    void aLongOneIsRefused() {
        assertThatThrownBy(() -> WaitTime.read("1s".repeat(50_000), MAX)).isInstanceOf(ConfdbFailure.class);
        assertThat(WaitTime.read(null, MAX)).isNull();
    }
}
