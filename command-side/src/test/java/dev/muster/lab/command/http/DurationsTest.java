package dev.muster.lab.command.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "90,90",
        "90s,90",
        "30m,1800",
        "30min,1800",
        "2h,7200",
        "1h30m,5400",
        "1h30,3630",
        "7d,604800",
        " 2h ,7200",
        "PT2H,7200",
        "P1DT1S,86401",
        "1d2h3m4s,93784"
    })
    void spansAreReadAsPeopleWriteThem(String text, long seconds) {
        assertThat(Durations.of(text, "duration")).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "h",
                "2x",
                "-1",
                "-2h",
                "1.5h",
                "2h3h",
                "30m2h",
                "PT",
                "PT-2H",
                "P1M",
                "2H",
                "999999999999999d",
                "PT999999999999999999H",
                "1111111111111111111111111111111111111111111"
            })
    void whatIsNoSpanIsRefused(String text) {
        assertThatThrownBy(() -> Durations.of(text, "duration")).isInstanceOf(Refused.class);
    }
}
