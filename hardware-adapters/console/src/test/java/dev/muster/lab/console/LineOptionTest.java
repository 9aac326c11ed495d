package dev.muster.lab.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import dev.muster.lab.BoardOption;
import dev.muster.lab.console.LineFormat.Parity;
import dev.muster.lab.console.LineOption.Place;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineOptionTest {

    @Test
    void aDeviceHasTheUsualRateAndFormatAndIsLocked() {
        LineOption option = option(Map.of("val", "/dev/ttyU0"));

        assertThat(option)
                .isEqualTo(new LineOption(
                        new Place.Device("/dev/ttyU0"), 115_200, new LineFormat(8, Parity.NONE, 1), true));
    }

    @Test
    void membersMayBeTextsOrOfTheirOwnType() {
        LineOption option = option(Map.of("val", "/dev/ttyU0", "baud", "9600", "format", "7e2", "lock", false));

        assertThat(option.baud()).isEqualTo(9600);
        assertThat(option.format()).isEqualTo(new LineFormat(7, Parity.EVEN, 2));
        assertThat(option.lock()).isFalse();
        assertThat(option(Map.of("val", "/dev/x", "baud", 1_500_000L)).baud()).isEqualTo(1_500_000);
    }

    @Test
    void addressesAreHostsAndPorts() {
        assertThat(option(Map.of("val", "conserver.lab:2001")).place())
                .isEqualTo(new Place.RawTcp("conserver.lab", 2001));
        assertThat(option(Map.of("val", "rfc2217://10.0.0.7:4000")).place())
                .isEqualTo(new Place.Rfc2217("10.0.0.7", 4000));
        assertThat(option(Map.of("val", "rfc2217://[::1]:4000")).place()).isEqualTo(new Place.Rfc2217("::1", 4000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ttyU0",
                "host:",
                "host:0",
                "host:65536",
                "http://a:1",
                "rfc2217:///dev/x",
                "a b:1",
                "x:99999"
            })
    void whatIsNoPlaceIsRefused(String val) {
        assertThatThrownBy(() -> option(Map.of("val", val))).isInstanceOf(Refused.class);
    }

    @Test
    void aWrongRateOrFormatIsRefusedByName() {
        for (Map<String, Object> wrong : java.util.List.<Map<String, Object>>of(
                Map.of("baud", "fast"),
                Map.of("baud", 0),
                Map.of("baud", 5_000_000),
                Map.of("format", "9N1"),
                Map.of())) {
            Map<String, Object> members = new HashMap<>(wrong);
            if (!wrong.isEmpty()) {
                members.put("val", "/dev/x");
            }
            String member = wrong.isEmpty() ? "val" : wrong.keySet().iterator().next();
            assertThatThrownBy(() -> option(members)).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.refusal().code()).isEqualTo("lab.console-fault");
                assertThat(refused.refusal().details()).containsEntry("member", member);
            });
        }
    }

    private static LineOption option(Map<String, Object> members) {
        return LineOption.of(new BoardOption("serialconsole", members));
    }
}
