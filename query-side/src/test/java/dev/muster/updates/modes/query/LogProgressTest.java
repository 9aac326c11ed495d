package dev.muster.updates.modes.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogProgressTest {

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Downloaded 7%|7",
                "[channel_callback_xferinfo] : Downloaded 34% (136 of 398 kB).|34",
                "Downloaded 7% Downloaded 9%|9",
                " 20% Determining slot states done.|20",
                "  0% Installing|0",
                "100% Installing done.|100",
                "Downloaded 250%|100",
                "Downloaded 99999999999%|100"
            },
            delimiter = '|')
    void theLastNumberOfALineIsRead(String line, int percent) {
        assertThat(LogProgress.in(List.of(line))).isEqualTo(percent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"downloaded 7%", "Downloaded 7 %", "20%", "at 20% now", "Installing", ""})
    void otherLinesSayNothing(String line) {
        assertThat(LogProgress.in(List.of(line))).isNull();
    }

    @Test
    void ofSeveralLinesTheLastThatSaysSomethingCounts() {
        assertThat(LogProgress.in(List.of("Downloaded 7% …", "x", "Downloaded 9%")))
                .isEqualTo(9);
        assertThat(LogProgress.in(List.of("Downloaded 7%", "Installing"))).isEqualTo(7);
        assertThat(LogProgress.in(List.of("Downloaded 7%\n 80% Updating slots\nidle")))
                .isEqualTo(80);
        assertThat(LogProgress.in(List.of())).isNull();
        assertThat(LogProgress.in(null)).isNull();
    }
}
