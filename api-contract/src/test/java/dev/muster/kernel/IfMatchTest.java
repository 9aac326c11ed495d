package dev.muster.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {"'\"7\"',7", "'W/\"7\"',7", "7,7", "'\"-1\"',-1", "' \"0\" ',0"})
    void aTagIsAVersion(String header, long version) {
        assertThat(IfMatch.required(header)).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {"'\"7-3\"',7", "'W/\"12-3-unread\"',12", "'\"-1-0\"',-1"})
    void whatFollowsADashIsForCaches(String header, long version) {
        assertThat(IfMatch.required(header)).isEqualTo(version);
    }

    @Test
    void aStarIsAnyVersion() {
        assertThat(IfMatch.required("*")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "\"\"", "", "-", "\"7x\"", "\"1\", \"2\"", "\"9999999999999999999\""})
    void foreignTagsAreNoVersion(String header) {
        assertThatThrownBy(() -> IfMatch.required(header)).isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo("kernel.version-changed"));
    }

    @Test
    void aMissingHeaderIsAskedFor() {
        assertThatThrownBy(() -> IfMatch.required(null)).isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo("kernel.if-match-required"));
    }
}
