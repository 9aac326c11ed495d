package dev.muster.observe.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import dev.muster.registry.query.Offload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RuleBooksTest {

    private static final DocumentKind RULES = DocumentKind.PROMETHEUS_RULES;
    private static final String HEAD = "# Alert rules from Muster, rendered for each device that uses them.\n";

    private final TestObserved observed = new TestObserved();
    private final TestRules rules = new TestRules();
    private final Offload offload = new Offload(1, 10);
    private final RuleBooks books = books(ObserveSettings.DEFAULTS);

    private RuleBooks books(ObserveSettings settings) {
        return new RuleBooks(observed.documents, observed.enrolments, rules, rules, rules, offload, settings);
    }

    @AfterEach
    void stop() {
        offload.dispose();
    }

    private RuleBook book() {
        return books.of(RULES).block(Duration.ofSeconds(10));
    }

    private DocumentRef published(String uid, String text) {
        return observed.published(RULES, uid, rules.rules(text));
    }

    private void enrolled(String id, DocumentRef... files) {
        observed.enrolled(id, id, "10.0.0.1", Map.of(RULES, List.of(files)));
    }

    @Test
    void withoutRulesThereIsAnEmptyBook() {
        assertThat(book().text()).isEqualTo(HEAD + "groups: []\n");
        published("empty", "");
        assertThat(book().text()).isEqualTo(HEAD + "groups: []\n");
    }

    @Test
    void filesForAllComeOnceAndTemplatesForEachDeviceThatUsesThem() {
        DocumentRef template = published("t", "mem-@");
        DocumentRef forAll = published("n", "static");
        published("unused", "nobody-@");
        enrolled("r1", forAll, template);
        enrolled("r2", template);

        assertThat(book().text())
                .isEqualTo(HEAD + "groups:\n- name: n/static\n- name: t/r1/mem-r1\n- name: t/r2/mem-r2\n");
    }

    @Test
    void kindsHaveBooksOfTheirOwn() {
        published("p", "prom");
        observed.published(DocumentKind.LOKI_RULES, "l", rules.rules("loki"));

        assertThat(books.of(DocumentKind.LOKI_RULES)
                        .block(Duration.ofSeconds(10))
                        .text())
                .contains("l/loki")
                .doesNotContain("p/prom");
    }

    @Test
    void aFileThatCouldNotBeLoadedStaysOutsideAndIsNamedOnOneLine() {
        DocumentRef broken = published("bro\nken", "! @");
        DocumentRef good = published("good", "fine-@");
        published("alone", "! static");
        enrolled("r1", broken, good);
        enrolled("r2", broken);

        assertThat(book().text().lines())
                .containsExactly(
                        HEAD.strip(),
                        "# left out: \"alone\": no rule file:\\u000a! static",
                        "# left out: \"bro\\u000aken\" for 2 devices: no rule file:\\u000a! r1",
                        "groups:",
                        "- name: good/r1/fine-r1");
    }

    @Test
    void nothingIsRenderedTwice() {
        DocumentRef template = published("t", "mem-@");
        enrolled("r1", template);
        enrolled("r2", template);
        RuleBook first = book();
        assertThat(book()).isSameAs(first);
        assertThat(rules.rendered).hasValue(2);

        enrolled("r3", template);
        RuleBook second = book();
        assertThat(second.text()).contains("t/r1/mem-r1", "t/r3/mem-r3");
        assertThat(second.tag()).isNotEqualTo(first.tag());
        assertThat(rules.rendered).as("only the new device").hasValue(3);

        observed.ended("r3", "r3");
        assertThat(book().tag()).isEqualTo(first.tag());
    }

    @Test
    void aRenamedDeviceAndARevisedFileAreRenderedAnew() {
        DocumentRef template = published("t", "mem-@");
        enrolled("r1", template);
        book();

        observed.renamed("r1", "r1", "robot");
        assertThat(book().text()).contains("t/robot/mem-robot").doesNotContain("r1");

        observed.revised(RULES, template, rules.rules("disk-@"));
        assertThat(book().text()).contains("t/robot/disk-robot").doesNotContain("mem");
    }

    @Test
    void aContentThatCannotBeReadGivesNoBookRatherThanOneThatIsSilent() {
        published("a", "one");
        observed.published(RULES, "b", TestObserved.content("nowhere", false));

        assertThatThrownBy(this::book).isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo("observe.content-missing"));
        rules.texts.put("nowhere", "two");
        assertThat(book().text()).contains("a/one", "b/two");
    }

    @Test
    void aBookHasALimit() {
        DocumentRef template = published("t", "x".repeat(50) + "@");
        enrolled("r1", template);
        enrolled("r2", template);
        ObserveSettings usual = ObserveSettings.DEFAULTS;
        RuleBooks small =
                books(new ObserveSettings(usual.scrapePort(), usual.jobLengthMax(), usual.textLengthMax(), 100, 1));

        assertThatThrownBy(() -> small.of(RULES).block(Duration.ofSeconds(10)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("observe.too-many"));
    }
}
