package dev.muster.updates.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.kernel.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTextTest {

    private static Map<String, Map<String, String>> parse(String text) {
        return ManifestText.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(byte[] text) {
        Refused refused = catchThrowableOfType(Refused.class, () -> RaucManifest.read(text, new Warnings()));
        assertThat(refused).as("a refusal").isNotNull();
        return refused.refusal().message();
    }

    private static String refusal(String text) {
        return refusal(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void groupsKeysCommentsAndEscapesAreRead() {
        assertThat(parse("# first\r\n\n[a b]\r\nkey = v w \nother=x\\s\\ty\\\\\\n\nempty=\n[c.d]\n"))
                .isEqualTo(Map.of("a b", Map.of("key", "v w", "other", "x \ty\\\n", "empty", ""), "c.d", Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "key=1, before the first group",
        "[a, is no group",
        "[], is no group",
        "[a]b], is no group",
        "word, neither a group nor a key",
        "=1, neither a group nor a key",
    })
    void whatIsNoKeyFileIsRefusedWithItsLine(String line, String reason) {
        assertThat(refusal("\n" + line)).contains("Line 2").contains(reason);
    }

    @Test
    void whatIsThereTwiceIsRefused() {
        assertThat(refusal("[update]\nversion=1.0.0\nversion=2.0.0\n"))
                .contains("Line 3")
                .contains("second time");
        assertThat(refusal("[update]\n[update]\n")).contains("Line 2").contains("second time");
    }

    @Test
    void hostileTextsAreRefused() {
        assertThat(refusal(new byte[] {'[', 'a', ']', '\n', (byte) 0xff})).contains("UTF-8");
        assertThat(refusal("[a]\nb=\0")).contains("control characters");
        assertThat(refusal("[a]\nb=\\q")).contains("backslash");
        assertThat(refusal("[a]\nb=\\")).contains("backslash");
        assertThat(refusal("\n".repeat(5000))).contains("4096 lines");
        assertThat(refusal("x".repeat(70_000))).contains("65536");
        StringBuilder groups = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            groups.append('[').append(i).append("]\n");
        }
        assertThat(refusal(groups.toString())).contains("500 groups");
    }

    @Test
    void whatIsRequiredIsNamed() {
        assertThat(refusal("[update]\ncompatible=a\n")).contains("'version'");
        assertThat(refusal("[update]\nversion=1.0.0\n")).contains("'compatible'");
        assertThat(refusal("")).contains("'version'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.2", "1", "v1.2.3", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3+", "1.2.3 4", "1.2.3.4", "2015.04-1"
            })
    void versionsThatAreNotSemanticAreRefused(String version) {
        assertThat(refusal(RaucBundle.manifest("a", version, ""))).contains("no semantic version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0", "1.2.3", "1.2.3-rc.1", "1.2.3-0a.x-y+b.01", "10.20.30+x"})
    void semanticVersionsAreTaken(String version) {
        RaucManifest manifest = RaucManifest.read(
                RaucBundle.manifest("a", version, "build=7\n").getBytes(StandardCharsets.UTF_8), new Warnings());
        assertThat(manifest.version()).isEqualTo(version);
        assertThat(manifest.description()).isEqualTo("Build 7");
    }
}
