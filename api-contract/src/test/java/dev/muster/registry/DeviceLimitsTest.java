package dev.muster.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceLimitsTest {

    @Test
    void lengthIsCountedInCodePoints() {
        assertThat(DeviceLimits.isAttribute("😀".repeat(128))).isTrue();
        assertThat(DeviceLimits.isAttribute("a".repeat(129))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines", "a\tb\r"})
    void whiteSpaceIsPrintable(String text) {
        assertThat(DeviceLimits.isAttribute(text)).isTrue();
        assertThat(DeviceLimits.isPrintable(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u001bb", "\u0085"})
    void controlCharactersAreNot(String text) {
        assertThat(DeviceLimits.isAttribute(text)).isFalse();
        assertThat(DeviceLimits.isPrintable(text)).isFalse();
    }
}
