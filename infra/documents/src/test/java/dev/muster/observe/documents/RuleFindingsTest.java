package dev.muster.observe.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.observe.RuleFiles.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is found in files that are YAML and would not be loaded, and where. */
class RuleFindingsTest {

    private static List<Finding> findings(String yaml) {
        return new RuleTexts(DocumentSettings.defaults()).read(yaml).findings();
    }

    @Test
    void eachFindingSaysWhereItIs() {
        assertThat(findings("""
                        # a comment
                        groups:
                        - name: a
                          interval: soon
                          rules:
                          - alert: Up
                            record: up:1

                            expr: up == 0
                          - alert: Down
                            labels:
                              ok: fine
                              not-ok: x
                        - name: a
                          rulez: []
                        """))
                .extracting(Finding::path, Finding::line)
                .containsExactly(
                        tuple("groups[0].interval", 4),
                        tuple("groups[0].rules[0]", 6),
                        tuple("groups[0].rules[1].expr", 10),
                        tuple("groups[0].rules[1].labels.not-ok", 13),
                        tuple("groups[1].rulez", 15),
                        tuple("groups[1].name", 14));
    }

    @Test
    void aFileThatIsNoRuleFileIsReadAndSaysSo() {
        assertThat(findings("a: 1")).containsExactly(new Finding("a", 1, "There is no such member here."));
        assertThat(findings("groups: {name: x}")).extracting(Finding::message).containsExactly("This is no list.");
    }

    @Test
    void anEmptyFileIsFine() {
        assertThat(findings("{}")).isEmpty();
        assertThat(findings("groups:")).isEmpty();
        assertThat(findings("groups: [{name: x}]")).isEmpty();
    }

    @Test
    void placeholdersAreLookedAtAsIfADeviceWerePutIn() {
        assertThat(findings("""
                        groups:
                        - name: g_%%juju_device_uuid%%
                          rules:
                          - record: level_%%juju_device_uuid%%
                            expr: level{d="%%juju_device_uuid%%"}
                            labels: {l_%%juju_device_uuid%%: x}
                        """)).isEmpty();
    }

    @Test
    void noMoreIsSaidThanAnyoneWouldRead() {
        assertThat(findings("groups:\n" + "- {rules: [{}, {}]}\n".repeat(10_000)))
                .hasSize(100);
    }
}
