package dev.muster.config.snapd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract §4: from which release of snapd on which generation is spoken. */
class GenerationTest {

    @ParameterizedTest
    @CsvSource({
        "2.68, V2_68",
        "v2.68, V2_68",
        "2.69, V2_69",
        "2.70, V2_69",
        "2.71, V2_71",
        "2.72, V2_72",
        "2.73, V2_73",
        "2.74, V2_74",
        "2.74.1, V2_74",
        "2.77, V2_74",
        "' 2.76 ', V2_74"
    })
    void aReleaseHasTheGenerationItCameWith(String release, Generation generation) {
        assertThat(Generation.ofSnapd(release)).isEqualTo(generation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "2.67", "3.1", "2.x", "2.68.", "confdb", "V2_74", "2.99999"})
    void whatIsNoReleaseWithConfdbIsRefused(String release) {
        assertThatIllegalArgumentException().isThrownBy(() -> Generation.ofSnapd(release));
    }
}
