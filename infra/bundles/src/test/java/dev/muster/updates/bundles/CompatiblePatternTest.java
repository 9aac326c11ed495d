package dev.muster.updates.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.updates.Hardware;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompatiblePatternTest {

    private static final String SPLIT = "(?P<hw_boardname>.+?)(-(?P<hw_revision>[^-]*[0-9.][^-]*))?$";

    @ParameterizedTest
    @CsvSource({
        "myboard-rev1.0a, myboard, rev1.0a",
        "raspberrypi4, raspberrypi4, default",
        "demo-board, demo-board, default",
        "a-b-2, a-b, 2",
    })
    void theManualsPatternSplitsAtTheLastHyphen(String compatible, String model, String revision) {
        assertThat(CompatiblePattern.of(SPLIT).hardware(compatible)).isEqualTo(new Hardware(model, revision));
    }

    @Test
    void withoutMatchOrPatternTheWholeTextIsTheBoard() {
        Hardware whole = new Hardware("board-1", Hardware.ANY);
        assertThat(CompatiblePattern.none().hardware("board-1")).isEqualTo(whole);
        assertThat(CompatiblePattern.of(null).hardware("board-1")).isEqualTo(whole);
        assertThat(CompatiblePattern.of(" ").hardware("board-1")).isEqualTo(whole);
        assertThat(CompatiblePattern.of("x(?P<hw_boardname>.*)").hardware("board-1"))
                .isEqualTo(whole);
    }

    @Test
    void itIsMatchedAtTheStartAndNeedNotReachTheEnd() {
        CompatiblePattern pattern = CompatiblePattern.of("(?P<hw_boardname>[a-z]+)");
        assertThat(pattern.hardware("board-1")).isEqualTo(new Hardware("board", Hardware.ANY));
        assertThat(pattern.hardware("1-board")).isEqualTo(new Hardware("1-board", Hardware.ANY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "(?P<hw_boardname>a)(?=b)", "(?P<hw_boardname>a)\\1", "(?P<other>.*)", "plain"})
    void patternsThatCannotServeAreRefusedAtTheStart(String pattern) {
        assertThatThrownBy(() -> CompatiblePattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("muster.bundles.rauc-compatible-pattern");
    }

    @Test
    void noPatternTakesLong() {
        CompatiblePattern pattern = CompatiblePattern.of("(?P<hw_boardname>(a+)+)$");
        Hardware found = Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> pattern.hardware("a".repeat(255) + "!"));
        assertThat(found.model()).endsWith("!");
    }
}
