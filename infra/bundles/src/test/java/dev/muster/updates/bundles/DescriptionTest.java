package dev.muster.updates.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.updates.BundleFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a description says besides what it fits. */
class DescriptionTest {

    @Test
    void gb49TheVersionIsKeptAsWritten() {
        assertThat(Reading.description("software = { version = \"1.0\" }").version())
                .isEqualTo("1.0");
    }

    @Test
    void theVersionMustBeThereAsAString() {
        assertThat(Reading.refusalOf("software = { description = \"x\" }")).contains("software.version");
        assertThat(Reading.refusalOf("software = { version = 1.0 }")).contains("software.version");
        assertThat(Reading.refusalOf("software = { version = \"\" }")).contains("software.version");
        assertThat(Reading.refusalOf("software = { version = \"a\\nb\" }")).contains("software.version");
        assertThat(Reading.refusalOf("version = \"1\"")).contains("software");
        assertThat(Reading.refusalOf("software = \"1\"")).contains("software");
    }

    @Test
    void syntaxErrorsNameTheirPlace() {
        assertThat(Reading.refusalOf("software = {\n  version = \"1\n")).contains("line 2, column 13");
    }

    @Test
    void filesOnEveryLevelAreCollectedOnce() {
        BundleFacts facts = Reading.facts(Archive.describedBy("""
                        software = {
                          version = "1"; name = "gateway";
                          images: ( { filename = "top.img"; type = "raw"; encrypted = true; } );
                          board = {
                            files: ( { filename = "board.tgz"; type = "archive" }, { filename = "plain" } );
                            stable = {
                              scripts: ( { filename = "run.sh"; type = "shellscript"; }, { type = "lua" } );
                              copy1 = { images: ( { filename = "deep.img" }, { filename = "deep.img" } );
                                        too = { images: ( { filename = "deeper" } ) } };
                            };
                          };
                          bootenv: ( { name = "a"; value = "b" }, { filename = "env.txt" } );
                        };
                        """)
                .file("top.img", "12345")
                .file("extra", "not named")
                .bytes());
        assertThat(facts.name()).isEqualTo("gateway");
        assertThat(facts.images())
                .containsExactly(
                        new BundleFacts.Image("top.img", 5, null, "raw"),
                        new BundleFacts.Image("board.tgz", -1, null, "archive"),
                        new BundleFacts.Image("plain", -1, null, "rawfile"),
                        new BundleFacts.Image("run.sh", -1, null, "script:shellscript"),
                        new BundleFacts.Image("deep.img", -1, null, null),
                        new BundleFacts.Image("env.txt", -1, null, "bootenv"));
        assertThat(facts.encrypted()).isTrue();
        assertThat(facts.warnings()).anyMatch(w -> w.contains("'run.sh'") && w.contains("does not contain"));
    }

    @Test
    void aCipherByNameMeansEncrypted() {
        assertThat(Reading.description(
                                "software = { version = \"1\"; images = ({ filename = \"a\"; encrypted = \"aes-cbc\" }) }")
                        .encrypted())
                .isTrue();
        assertThat(Reading.description(
                                "software = { version = \"1\"; images = ({ filename = \"a\"; encrypted = false }) }")
                        .encrypted())
                .isFalse();
    }

    @Test
    void aJsonDescriptionSaysTheSame() {
        String libconfig = "software = { version = \"1\"; b = { hardware-compatibility = [\"x\"];"
                + " images = ({ filename = \"f\"; size = 3; load = 0.5; fast = true }) } }";
        String json = """
                {"software": {"version": "1", "b": {"hardware-compatibility": ["x"],
                 "images": [{"filename": "f", "size": 3, "load": 0.5, "fast": true, "nothing": null}]}}}
                """;
        assertThat(Reading.description(json)).isEqualTo(Reading.description(libconfig));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"software\": {\"version\": \"1\", \"version\": \"2\"}}",
                "{\"software\": {\"version\": \"1\"}} x",
                "{\"software\": {\"version\": \"1\\u0000\"}}",
                "{\"software\": {\"version\": \"1\", \"n\": 1e999999}}",
                "{\"software\": {\"version\": \"1\", \"n\": 18446744073709551616}}",
                "{\"software\": {\"version\": \"1\", \"n\": NaN}}",
                "{\"software\": 1}",
            })
    void hostileJsonIsRefused(String json) {
        assertThat(Reading.refusalOf(json)).isNotBlank();
    }

    @Test
    void deepJsonIsRefused() {
        assertThat(Reading.refusalOf("{\"a\":" + "[".repeat(100_000))).contains("JSON");
    }
}
