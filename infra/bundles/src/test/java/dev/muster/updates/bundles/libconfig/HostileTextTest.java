package dev.muster.updates.bundles.libconfig;

import static dev.muster.updates.bundles.libconfig.Parsing.error;
import static dev.muster.updates.bundles.libconfig.Parsing.parse;
import static dev.muster.updates.bundles.libconfig.Parsing.x;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One case for everything that a hostile text may try. */
class HostileTextTest {

    @Test
    void sixtyFourLevelsAreTakenAndAHundredThousandAreNot() {
        assertThat(x("(".repeat(64) + ")".repeat(64))).isInstanceOf(Setting.Items.class);
        assertThat(error("x = " + "(".repeat(65) + ")".repeat(65)).getMessage()).contains("deeper than 64");
        assertThat(error("x = " + "(".repeat(100_000)).getMessage()).contains("deeper than 64");
        assertThat(error("x = {".repeat(100_000)).getMessage()).contains("deeper than 64");
    }

    @Test
    void aCommentWithoutEndIsRefusedWhereItStarts() {
        assertThat(error("a = 1\n /* b = 2 *").getMessage()).isEqualTo("line 2, column 2: a comment without end");
        assertThat(error("/*/").getMessage()).contains("comment without end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@include \"/etc/passwd\"", "a = 1\n  @include \"x\"", "a = { @include \"x\" }", "@"})
    void includesAreRefused(String text) {
        assertThat(error(text).getMessage()).contains("@include");
    }

    @Test
    void anIncludeInsideAStringIsText() {
        assertThat(x("\"\n@include \"")).isEqualTo(new Setting.Text("\n@include "));
    }

    @Test
    void duplicateNamesAreRefused() {
        assertThat(error("a = 1\na = 2").getMessage()).isEqualTo("line 2, column 1: the setting 'a' was given before");
        assertThat(error("g = { a = 1, b = 2, a = 3 }").getMessage()).contains("'a' was given before");
        assertThat(parse("a = { a = { a = 1 } }; A = 1").members()).containsOnlyKeys("a", "A");
    }

    @Test
    void invalidUtf8IsRefusedWithItsPlace() {
        byte[] text = "a = 1\nb = \"ä?\"".getBytes(StandardCharsets.UTF_8);
        text[text.length - 2] = (byte) 0xff;
        assertThat(error(text).getMessage()).isEqualTo("line 2, column 7: no valid UTF-8");
        assertThat(error(new byte[] {'#', (byte) 0xc3}).getMessage()).contains("UTF-8");
    }

    @Test
    void otherEncodingsAreRefused() {
        error("a = 1".getBytes(StandardCharsets.UTF_16));
        error("a = 1".getBytes(StandardCharsets.UTF_16LE));
        assertThat(error("\ufeffa = 1").getMessage()).contains("0xef");
    }

    @Test
    void aMebibyteIsTakenAndNoMore() {
        byte[] text = new byte[Libconfig.SIZE_MAX];
        Arrays.fill(text, (byte) ' ');
        assertThat(Libconfig.parse(text).members()).isEmpty();
        assertThat(error(Arrays.copyOf(text, text.length + 1)).getMessage()).contains("more than 1048576 bytes");
    }

    @Test
    void aHundredThousandWordsAreTakenAndNoMore() {
        String most = "x = (" + "1,".repeat(49_998);
        assertThat(parse(most + ")").members()).hasSize(1);
        assertThat(error(most + "1)").getMessage()).contains("more than 100000 words");
    }

    @Test
    void placesAreCountedInCharacters() {
        LibconfigSyntaxException error = error("a = \"äöü😀\" %");
        assertThat(error.line()).isEqualTo(1);
        assertThat(error.column()).isEqualTo(12);
    }

    @Test
    void messagesStayShort() {
        assertThat(error("a".repeat(500_000)).getMessage()).hasSizeLessThan(300);
        assertThat(error("x = " + "a".repeat(500_000)).getMessage()).hasSizeLessThan(300);
    }
}
