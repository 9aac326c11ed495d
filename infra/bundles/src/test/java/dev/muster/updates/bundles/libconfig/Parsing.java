package dev.muster.updates.bundles.libconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;

/** Short words for parsing a text and for what is wrong with it. */
final class Parsing {

    private Parsing() {}

    static Setting.Group parse(String text) {
        return Libconfig.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The value of {@code x} in a text that sets it. */
    static Setting x(String value) {
        return parse("x = " + value).members().get("x");
    }

    static LibconfigSyntaxException error(String text) {
        return error(text.getBytes(StandardCharsets.UTF_8));
    }

    static LibconfigSyntaxException error(byte[] text) {
        LibconfigSyntaxException error =
                catchThrowableOfType(LibconfigSyntaxException.class, () -> Libconfig.parse(text));
        assertThat(error).as("a syntax error").isNotNull();
        return error;
    }
}
