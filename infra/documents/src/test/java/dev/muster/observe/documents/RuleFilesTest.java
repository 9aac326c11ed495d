package dev.muster.observe.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.observe.RuleFiles;
import dev.muster.observe.RuleFiles.RuleFile;
import dev.muster.observe.Uid;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a rule file that somebody sends, and what a device's copy of it says. */
class RuleFilesTest {

    private final RuleFiles files = new RuleTexts(DocumentSettings.defaults());

    private String canonical(String yaml) {
        return files.read(yaml).canonical();
    }

    private Refusal refusal(String yaml) {
        Refused refused = catchThrowableOfType(Refused.class, () -> files.read(yaml));
        assertThat(refused).as("a refusal of " + yaml).isNotNull();
        assertThat(refused.refusal().code()).isEqualTo("observe.rules-invalid");
        return refused.refusal();
    }

    @Nested
    class Rewriting {

        @Test
        void aRealFileKeepsItsOrderAndLosesItsComments() {
            assertThat(canonical("""
                            # Watches the batteries.
                            groups:
                                - name:   batteries   # all of them
                                  interval: "30s"
                                  rules:
                                      - alert: BatteryLow
                                        expr: |
                                            battery_level < 0.2
                                              and on(instance) up == 1
                                        for: 5m
                                        labels: {severity: critical, page: yes}
                                        annotations:
                                            summary: 'Battery of {{ $labels.instance }} is low'
                                            text: >-
                                                Charge
                                                it.
                            """)).isEqualTo("""
                            groups:
                            - name: batteries
                              interval: 30s
                              rules:
                              - alert: BatteryLow
                                expr: "battery_level < 0.2\\n  and on(instance) up == 1\\n"
                                for: 5m
                                labels:
                                  severity: critical
                                  page: true
                                annotations:
                                  summary: Battery of {{ $labels.instance }} is low
                                  text: Charge it.""");
        }

        @Test
        void whatWasRewrittenStaysAsItIs() {
            String canonical = canonical("a: [1, {b: 'x\ny'}, \"\u00e4\"]\nc: &x [d]\ne: *x");
            assertThat(canonical(canonical)).isEqualTo(canonical);
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '"',
                value = {
                    "yes, true",
                    "off, false",
                    "017, 15",
                    "0x1F, 31",
                    "12:30:00, 45000",
                    "1e3, 1e3",
                    "1.0e+3, 1000.0",
                    "1_000, 1000",
                    "~, null",
                    "2020-01-02T03:04:05.5Z, 2020-01-02 03:04:05.500000+00:00",
                    "'yes', 'yes'",
                    "'plain', plain",
                    "5m, 5m"
                })
        void plainScalarsAreReadAsYaml11HasThem(String scalar, String written) {
            assertThat(canonical("a: " + scalar)).isEqualTo("a: " + written);
        }

        @Test
        void theLastOfTwoEqualKeysHoldsAtTheFirstOnesPlace() {
            assertThat(canonical("a: 1\nb: 2\na: 3")).isEqualTo("a: 3\nb: 2");
        }

        @Test
        void mergedMembersComeFirstAndAreOverruled() {
            assertThat(canonical("x: &x {a: 1, b: [c]}\ny:\n  d: 4\n  a: 2\n  <<: *x"))
                    .isEqualTo("""
                    x:
                      a: 1
                      b: &id001
                      - c
                    y:
                      a: 2
                      b: *id001
                      d: 4""");
        }

        @Test
        void longLinesAreFoldedBehindColumnEightyAndOthersAreNot() {
            String words = "word ".repeat(15) + "1234";
            assertThat(canonical("a: " + words + " next")).isEqualTo("a: " + words + "\n  next");
            assertThat(canonical("a: " + words.substring(4) + " next")).isEqualTo("a: " + words.substring(5) + " next");
        }

        @Test
        void aBlockThatTheDocumentEndsInHasNoBreakThatWasNotThere() {
            assertThat(canonical("a: |\n  x")).isEqualTo("a: x");
            assertThat(canonical("a: |\n  x\n")).isEqualTo("a: 'x\n\n  '");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "a: 1", "groups: []", "groups:\n- name: static\n  rules: []"})
        void whatIsCanonicalAlreadyStaysAsItIs(String yaml) {
            assertThat(canonical(yaml)).isEqualTo(yaml);
        }
    }

    @Nested
    class Refusing {

        @ParameterizedTest
        @ValueSource(strings = {"- a\n- b", "5", "text", "", "# nothing", "null", "[]", "---"})
        void whatIsNoMapping(String yaml) {
            assertThat(refusal(yaml).details()).containsEntry("fault", "type");
        }

        @Test
        void whatIsNoYamlWithItsPlace() {
            Refusal refusal = refusal("groups:\n- name: [1, 2\n- b");
            assertThat(refusal.details()).containsEntry("fault", "syntax").containsEntry("line", 3);
            assertThat(refusal.message()).startsWith("line 3, column 4: ");
        }

        @Test
        void aSecondDocument() {
            assertThat(refusal("a: 1\n---\nb: 2").details())
                    .containsEntry("fault", "syntax")
                    .containsEntry("line", 2);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a: 100%% sure",
                    "a: '%%unknown_var%%'",
                    "a: b %%",
                    "a: '%%%%'",
                    "a: '%%juju_device_uuid%% %%'",
                    "a: '%%juju_device_uuid|upper%%'",
                    "b%%: a",
                    "a: [{b: '%%c%%'}]"
                })
        void placeholdersThatNothingIsPutInFor(String yaml) {
            assertThat(refusal("x: y\n" + yaml).details())
                    .containsEntry("fault", "placeholder")
                    .containsEntry("line", 2);
        }

        @Test
        void aPlaceholderThatFoldingWouldBreak() {
            String text = "\u00e4" + "x".repeat(66) + " %% juju_device_uuid %% and more words";
            assertThat(refusal("a: " + text).details()).containsEntry("fault", "placeholder");
        }
    }

    @Nested
    class Rendering {

        private String rendered(String canonical) {
            return files.rendered(canonical, new Uid("robot: 1"));
        }

        @Test
        void theDeviceIsPutInAsItIsAndAfterLinesWereFolded() {
            RuleFile file = files.read("""
                    groups:
                      name: g_%%juju_device_uuid%%
                      rules:
                      - alert: A_{{ $label.instance }}
                        expr: (node_memory_MemFree_bytes{device_instance="%%juju_device_uuid%%"})/1e9
                           < 30""");
            assertThat(file.template()).isTrue();
            assertThat(files.rendered(file.canonical(), new Uid("robot1"))).isEqualTo("""
                    groups:
                      name: g_robot1
                      rules:
                      - alert: A_{{ $label.instance }}
                        expr: (node_memory_MemFree_bytes{device_instance="robot1"})/1e9
                          < 30""");
        }

        @Test
        void aFileWithoutPlaceholdersIsNoTemplate() {
            assertThat(files.read("a: '{{ $labels.x }} 100%'").template()).isFalse();
        }

        @Test
        void blanksWithinAPlaceholderDoNotMatter() {
            assertThat(files.read("a: '%% juju_device_uuid %%'").template()).isTrue();
            assertThat(rendered("a: '%% juju_device_uuid\n  %%'")).isEqualTo("a: 'robot: 1'");
        }

        @Test
        void unknownNamesBecomeNothing() {
            assertThat(rendered("a: x%%other%%y %%juju_device_uuid%%")).isEqualTo("a: xy robot: 1");
        }

        @ParameterizedTest
        @ValueSource(strings = {"%%", "a %%juju_device_uuid%% %% b", "%%%%", "%%juju_device_uuid|upper%%", "%%1 + 1%%"})
        void whatIsBrokenStaysAsItIs(String text) {
            assertThat(rendered(text)).isEqualTo(text);
        }

        @Test
        void nothingElseIsRun() {
            String text = "a: '{% if x %}{# y #}{{ 7*7 }}${7*7}%%juju_device_uuid%%'";
            assertThat(rendered(text)).isEqualTo(text.replace("%%juju_device_uuid%%", "robot: 1"));
        }
    }
}
