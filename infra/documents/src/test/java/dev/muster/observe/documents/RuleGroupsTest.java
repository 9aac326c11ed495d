package dev.muster.observe.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.kernel.Refused;
import dev.muster.observe.RuleGroups;
import org.junit.jupiter.api.Test;

/** Groups taken out of rendered files, so that those of many can stand in one. */
class RuleGroupsTest {

    private final RuleGroups groups = new GroupTexts(DocumentSettings.defaults());

    private String refusal(String rules) {
        Refused refused = catchThrowableOfType(Refused.class, () -> groups.of(rules, "p/"));
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.refusal().code()).isEqualTo("observe.rules-invalid");
        return refused.refusal().message();
    }

    @Test
    void groupsGetThePrefixAndStandInTheFirstColumn() {
        assertThat(groups.of("groups:\n- name: a\n  rules:\n  - {alert: A, expr: up}\n- name: 5", "file/robot: 1/"))
                .isEqualTo("""
                        - name: 'file/robot: 1/a'
                          rules:
                          - alert: A
                            expr: up
                        - name: 'file/robot: 1/5'
                        """);
    }

    @Test
    void whatIsRepeatedIsWrittenOut() {
        assertThat(groups.of("""
                        groups:
                        - name: a
                          rules:
                          - {alert: A, expr: up, labels: &id001 {x: y}}
                          - {alert: B, expr: up, labels: *id001}
                        """, "")).doesNotContain("id001").containsPattern("(?s)x: y.*x: y");
    }

    @Test
    void aFileWithoutGroupsHasNone() {
        assertThat(groups.of("{}", "p/")).isEmpty();
        assertThat(groups.of("groups: []", "p/")).isEmpty();
        assertThat(groups.of("groups:", "p/")).isEmpty();
    }

    @Test
    void whatCouldNotBeLoadedIsRefused() {
        assertThat(refusal("a: 1")).isEqualTo("a: There is no such member here.");
        assertThat(refusal("groups:\n- name: ''")).startsWith("groups[0].name: ");
        assertThat(refusal("groups:\n- name: it's: 'so'")).startsWith("line 2, column 13: ");
        assertThat(refusal("- a")).contains("mapping");
    }

    @Test
    void whatIsRepeatedManyTimesDoesNotGrowBeyondTheLimit() {
        StringBuilder rules = new StringBuilder("groups:\n- name: g0\n  rules: &r\n");
        for (int i = 0; i < 20_000; i++) {
            rules.append("  - {alert: A").append(i).append(", expr: up}\n");
        }
        for (int i = 1; i < 50; i++) {
            rules.append("- {name: g").append(i).append(", rules: *r}\n");
        }
        assertThat(refusal(rules.toString())).contains("more than 4194304 characters");
    }
}
