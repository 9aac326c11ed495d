package dev.muster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers as history and paths write them. */
class LayerTest {

    @ParameterizedTest
    @ValueSource(strings = {"fleet", "group/site/line", "staged/0198f1d2-0000", "device/robot", "actual/a:b~1"})
    void isReadAsItIsWritten(String text) {
        assertThat(Layer.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fleet/", "fleet/x", "group", "group/", "device/", "device/a b", "staged/A", "other/x"})
    void whatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Layer.of(text)).isInstanceOf(Refused.class);
    }

    @Test
    void standsBetweenGroupAndDeviceWhatARolloutWants() {
        Layer staged = Layer.staged("r1");
        assertThat(staged.isWish()).isTrue();
        assertThat(staged.keyOwner()).isEqualTo("staged/r1");
        assertThat(List.of(
                                Layer.actual(new DeviceId("a")),
                                Layer.device(new DeviceId("a")),
                                staged,
                                Layer.group("b"),
                                Layer.group("a"),
                                Layer.fleet())
                        .stream()
                        .sorted())
                .containsExactly(
                        Layer.fleet(),
                        Layer.group("a"),
                        Layer.group("b"),
                        staged,
                        Layer.device(new DeviceId("a")),
                        Layer.actual(new DeviceId("a")));
    }

    @Test
    void aSlashInAGroupIsWrittenOtherwiseInPaths() {
        assertThat(LayerPaths.of("groups", "site~1line")).isEqualTo(Layer.group("site/line"));
        assertThat(LayerPaths.of("groups", "a~01")).isEqualTo(Layer.group("a~1"));
        assertThat(LayerPaths.of("devices", "robot")).isEqualTo(Layer.device(new DeviceId("robot")));
        assertThatThrownBy(() -> LayerPaths.of("fleet", "x")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> LayerPaths.writable("staged", "r1")).isInstanceOf(Refused.class);
    }
}
