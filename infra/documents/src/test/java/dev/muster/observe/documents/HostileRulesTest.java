package dev.muster.observe.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.observe.RuleFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One case for everything that a hostile rule file may try. Each ends soon, with an answer. */
@Timeout(30)
class HostileRulesTest {

    private static final int MIB = 1 << 20;

    private final RuleFiles files = new RuleTexts(DocumentSettings.defaults());

    private Refusal refusal(String yaml) {
        Refused refused = catchThrowableOfType(Refused.class, () -> files.read(yaml));
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.refusal().message()).hasSizeLessThan(400);
        return refused.refusal();
    }

    private void isBeyondALimit(String yaml) {
        assertThat(refusal(yaml).details()).containsEntry("fault", "limit");
    }

    private void isNoYaml(String yaml) {
        assertThat(refusal(yaml).details()).containsEntry("fault", "syntax");
    }

    @Test
    void aliasesDoNotMultiply() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 6; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
        }
        assertThat(files.read(bomb.toString()).canonical()).hasSizeLessThan(1000);
        isBeyondALimit(bomb + "b: [" + "*a0, ".repeat(6) + "]");
    }

    @Test
    void mergedMembersDoNotMultiply() {
        StringBuilder large = new StringBuilder("a: &a {");
        for (int i = 0; i < 60_000; i++) {
            large.append("k").append(i).append(": 1, ");
        }
        isBeyondALimit(large + "}\n" + "b: {<<: *a}\n".repeat(2));
        StringBuilder chain = new StringBuilder("a0: &a0 {x: 1}\n");
        for (int i = 1; i < 6; i++) {
            chain.append("a%d: &a%d {<<: [%s], k%d: 1}\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9), i));
        }
        assertThat(files.read(chain.toString()).canonical()).hasSizeLessThan(1000);
    }

    @Test
    void mergedMembersCannotBringMoreAliasesThanMayBeRead() {
        StringBuilder lists = new StringBuilder("a: &a {");
        for (int i = 0; i < 20; i++) {
            lists.append("k").append(i).append(": [x], ");
        }
        lists.append("}\n");
        assertThat(files.read(lists + "b: {<<: *a}\nc: {<<: *a}").canonical()).contains("*id020");
        isBeyondALimit(lists + "b: {<<: *a}\nc: {<<: *a}\nd: {<<: *a}");
    }

    /** Looked at in each of its places, this is 29 million labels. */
    @Test
    @Timeout(5)
    void whatIsRepeatedWithinWhatIsRepeatedIsLookedAtOnce() {
        StringBuilder rules =
                new StringBuilder("groups:\n- &g\n  name: g\n  rules:\n  - &r {alert: A, expr: up, labels: {");
        for (int i = 0; i < 50_000; i++) {
            rules.append("l").append(i).append(": x, ");
        }
        rules.append("}}\n").append("  - *r\n".repeat(24)).append("- *g\n".repeat(23));
        assertThat(files.read(rules.toString()).findings())
                .as("the name is taken, 23 times")
                .hasSize(23);
    }

    @Test
    void whatIsFineInOneRoleIsLookedAtInAnother() {
        assertThat(files.read("""
                        groups:
                        - name: g
                          rules:
                          - {alert: A, expr: up, annotations: &x {__name__: y}}
                          - {alert: B, expr: up, labels: *x}
                          - *x
                        """).findings())
                .extracting(RuleFiles.Finding::path)
                .contains("groups[0].rules[1].labels.__name__", "groups[0].rules[2].__name__")
                .doesNotContain("groups[0].rules[0].annotations.__name__");
    }

    @Test
    void nothingContainsItself() {
        isNoYaml("a: &a [*a]");
        isNoYaml("a: &a {<<: *a}");
        isNoYaml("a: &a {b: {<<: *a}}");
        isNoYaml("&a a: *b\nc: &b [*b]");
    }

    @Test
    void sixtyFourLevelsAreTakenAndAHundredThousandAreNot() {
        assertThat(files.read("a: " + "[".repeat(63) + "]".repeat(63)).canonical())
                .endsWith("[]");
        isBeyondALimit("a: " + "[".repeat(64) + "]".repeat(64));
        isBeyondALimit("a: " + "[".repeat(100_000));
        isBeyondALimit("{a: ".repeat(100_000));
        isBeyondALimit("- ".repeat(100_000) + "a");
        isBeyondALimit("? ".repeat(100_000) + "a");
    }

    @Test
    void aliasesDoNotMakeItDeeper() {
        String deep = "a: &a " + "[".repeat(60) + "]".repeat(60) + "\na: overruled\nb: ";
        assertThat(files.read(deep + "[[*a]]").canonical()).startsWith("a: overruled\nb:\n- - - ");
        isBeyondALimit(deep + "[".repeat(10) + "*a" + "]".repeat(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: !!python/object/apply:os.system [id]",
                "a: !!javax.script.ScriptEngineManager []",
                "!!set {a}",
                "a: !<x> b",
                "%TAG ! tag:evil,2000:\n---\na: !x b",
                "a: !!binary aGk="
            })
    void tagsOtherThanTheCoreOnesAreRefused(String yaml) {
        isNoYaml(yaml);
    }

    @Test
    void severalDocumentsAreRefused() {
        isNoYaml("---\na: b\n".repeat(1000));
    }

    @Test
    void aMebibyteIsTakenAndNoMore() {
        String most = "a: " + "x".repeat(MIB - 3);
        assertThat(files.read(most).canonical()).isEqualTo(most);
        isBeyondALimit(most + "x");
        isBeyondALimit("a: b #" + "\u00e4".repeat(MIB / 2));
    }

    @Test
    void whatWouldGrowBeyondAMebibyteWhenWrittenIsRefused() {
        isBeyondALimit("a: " + "[".repeat(60) + "x, ".repeat(100_000) + "]".repeat(60));
        isBeyondALimit("a: " + "[".repeat(60) + "word ".repeat(100_000) + "]".repeat(60));
        isBeyondALimit("a: \"" + "\u00e4".repeat(300_000) + "\"");
    }

    @Test
    void numbersHaveAHundredDigits() {
        assertThat(files.read("a: " + "7".repeat(100)).canonical()).endsWith("777");
        isBeyondALimit("a: " + "7".repeat(101));
        isBeyondALimit("a: " + "7".repeat(500_000));
        isBeyondALimit("a: 0x" + "f".repeat(98));
        isBeyondALimit("a: 1" + ":1".repeat(100_000));
        isBeyondALimit("a: 1." + "_".repeat(500_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 0b_",
                "a: 0x_",
                "a: !!int x",
                "a: !!float x",
                "a: !!bool maybe",
                "a: 2020-02-30",
                "a: 0000-01-01",
                "a: 2020-01-01 24:00:00",
                "a: 2020-01-01 00:00:00+24",
                "a: =",
                "a: <<",
                "? [a]\n: b",
                "? {a: b}\n: c",
                "a: *x",
                "a: \"\\Uffffffff\"",
                "a: \"\\U00110000\"",
                "a: b\u0001c",
                "a: \ud800",
                "a: @b",
                "a: %b",
                "a: '",
                "%YAML 9.9\n---\na: b",
                "%",
                "a: [",
                "a: {b",
                "a: &",
                "a: |x\n b"
            })
    void whatHasNoMeaningIsRefused(String yaml) {
        Refusal refusal = refusal(yaml);
        assertThat(refusal.details().get("fault")).isIn("syntax", "type");
    }

    @Test
    void halfOfACharacterIsRefused() {
        assertThat(refusal("a: \"\\ud83d\"").details()).containsEntry("fault", "surrogate");
        assertThat(files.read("a: \"\\ud83d\\ude00\"").canonical()).isEqualTo("a: \"\\U0001F600\"");
    }

    @Test
    void longTextsAreReadInTheTimeTheirLengthTakes() {
        files.read("a: '" + "''".repeat(500_000) + "'");
        files.read("a: 2020-01-01" + " \t".repeat(200_000) + "x");
        files.read("a: b\n" + "#\n".repeat(500_000));
        files.read("a: |\n  x\n" + "\n".repeat(1_000_000));
        files.read(" ".repeat(1_000_000) + "a: b");
        files.read("a: &" + "t".repeat(1_000_000) + " x");
        files.read("groups:\n" + "- name: x\n".repeat(100_000));
        files.read("a: '" + "%%juju_device_uuid%%".repeat(50_000) + "'");
        assertThat(refusal("a: '" + "%".repeat(1_000_000) + "'").details()).containsEntry("fault", "placeholder");
    }
}
