package dev.muster.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.kernel.Refused;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PollingTimeTest {

    @ParameterizedTest
    @CsvSource({"00:02:00,120", "02:00,120", "120,120", "PT2M,120", "23:59:59,86399", "00:00:30,30"})
    void everyFormOfAnIntervalIsRead(String text, long seconds) {
        assertThat(PollingTime.parse(text).standard().interval()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "24:00:00",
                "00:00:10",
                "abc",
                "",
                "00:61:00",
                "1:2:3:4",
                "-5",
                "PT",
                "00:05:00~",
                "00:05:00~5",
                "00:05:00~101%",
                "00:05:00,",
                "00:05:00, group==a",
                "00:05:00, -> 00:01:00",
                "00:05:00, group==a -> 00:00:01",
                "99999999999"
            })
    void anythingElseIsRefused(String text) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> PollingTime.parse(text))
                .satisfies(no -> assertThat(no.refusal().code()).isEqualTo("updates.settings-invalid"));
    }

    @Test
    void rulesKeepTheirOrderAndTheirFilters() {
        PollingTime parsed = PollingTime.parse(
                "00:02:00, controllerid == 4711 -> 00:01:00, group=in=('a','->',\"c,d\") -> 05:05~10%");

        assertThat(parsed.rules())
                .containsExactly(
                        new PollingTime.Rule("controllerid == 4711", new PollingTime.Span(Duration.ofMinutes(1), 0)),
                        new PollingTime.Rule(
                                "group=in=('a','->',\"c,d\")", new PollingTime.Span(Duration.ofSeconds(305), 10)));
    }

    @Test
    void whatIsStoredAndCannotBeReadCountsAsTheDefault() {
        assertThat(PollingTime.inForce("00:10:00~50%")).isEqualTo(PollingTime.parse("00:10:00~50%"));
        assertThat(PollingTime.inForce("whenever, nonsense( -> soon"))
                .isEqualTo(PollingTime.parse(UpdateSettings.DEFAULTS.pollingTime()));
    }

    @Test
    void aSpreadIsKept() {
        assertThat(PollingTime.parse("00:10:00~50%").standard())
                .isEqualTo(new PollingTime.Span(Duration.ofMinutes(10), 50));
    }

    @ParameterizedTest
    @CsvSource({"0,00:00:00", "59,00:00:59", "3661,01:01:01", "86399,23:59:59", "90000,23:59:59"})
    void theWireFormHasTwoDigitsEach(long seconds, String text) {
        assertThat(PollingTime.format(Duration.ofSeconds(seconds))).isEqualTo(text);
    }
}
