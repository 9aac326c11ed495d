package dev.muster.observe.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.Refused;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import dev.muster.observe.EnrolmentEvent;
import dev.muster.registry.DeviceId;
import dev.muster.registry.query.Offload;
import dev.muster.testing.Changed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Sinks;

class RuleBooksTest {

    private static final DocumentKind RULES = DocumentKind.PROMETHEUS_RULES;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
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
        return books.of(RULES).block(PATIENCE);
    }

    private static String text(RuleBook book) {
        return new String(book.bytes(), StandardCharsets.UTF_8);
    }

    private void isRefused(RuleBooks books, String code) {
        assertThatThrownBy(() -> books.of(RULES).block(PATIENCE))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }

    private DocumentRef published(String uid, String text) {
        return observed.published(RULES, uid, rules.rules(text));
    }

    private void enrolled(String id, DocumentRef... files) {
        observed.enrolled(id, id, "10.0.0.1", Map.of(RULES, List.of(files)));
    }

    @Test
    void withoutRulesThereIsAnEmptyBook() {
        assertThat(text(book())).isEqualTo(HEAD + "groups: []\n");
        published("empty", "");
        assertThat(text(book())).isEqualTo(HEAD + "groups: []\n");
    }

    @Test
    void filesForAllComeOnceAndTemplatesForEachDeviceThatUsesThem() {
        DocumentRef template = published("t", "mem-@");
        DocumentRef forAll = published("n", "static");
        published("unused", "nobody-@");
        enrolled("r1", forAll, template);
        enrolled("r2", template);

        assertThat(text(book()))
                .isEqualTo(HEAD + "groups:\n- name: n/static\n- name: t/r1/mem-r1\n- name: t/r2/mem-r2\n");
    }

    @Test
    void kindsHaveBooksOfTheirOwn() {
        published("p", "prom");
        observed.published(DocumentKind.LOKI_RULES, "l", rules.rules("loki"));

        assertThat(text(books.of(DocumentKind.LOKI_RULES).block(PATIENCE)))
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

        assertThat(text(book()).lines())
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
        assertThat(text(second)).contains("t/r1/mem-r1", "t/r3/mem-r3");
        assertThat(second.tag()).isNotEqualTo(first.tag());
        assertThat(rules.rendered).as("only the new device").hasValue(3);
        observed.happens(new EnrolmentEvent.PublicKeyChanged(new DeviceId("r1"), "ssh-rsa A"));
        assertThat(book().tag()).isEqualTo(second.tag());
        assertThat(rules.reads)
                .as("once for each time there was something to render")
                .hasValue(2);

        observed.ended("r3", "r3");
        assertThat(book().tag()).isEqualTo(first.tag());
    }

    @Test
    void aRenamedDeviceAndARevisedFileAreRenderedAnew() {
        DocumentRef template = published("t", "mem-@");
        enrolled("r1", template);
        book();

        observed.renamed("r1", "r1", "robot");
        assertThat(text(book())).contains("t/robot/mem-robot").doesNotContain("r1");

        observed.revised(RULES, template, rules.rules("disk-@"));
        assertThat(text(book())).contains("t/robot/disk-robot").doesNotContain("mem");
    }

    @Test
    void aContentThatCannotBeReadGivesNoBookRatherThanOneThatIsSilent() {
        published("a", "one");
        observed.published(RULES, "b", TestObserved.content("nowhere", false));

        isRefused(books, "observe.content-missing");
        rules.texts.put("nowhere", "two");
        assertThat(text(book())).contains("a/one", "b/two");
    }

    @Test
    void whoAsksWhileABookIsBoundSharesTheNextWithAllWhoWait() {
        DocumentRef template = published("t", "mem-@");
        enrolled("r1", template);
        Sinks.Empty<Void> gate = Sinks.empty();
        rules.gate = gate.asMono();
        CompletableFuture<RuleBook> first = books.of(RULES).toFuture();
        await().until(() -> rules.reads.get() == 1);
        enrolled("r2", template);
        CompletableFuture<RuleBook> second = books.of(RULES).toFuture();
        CompletableFuture<RuleBook> third = books.of(RULES).toFuture();
        assertThat(second).isNotDone();

        gate.tryEmitEmpty();

        assertThat(text(first.join())).contains("mem-r1").doesNotContain("mem-r2");
        assertThat(text(second.join())).as("asked for when there was r2").contains("mem-r1", "mem-r2");
        assertThat(third.join()).isSameAs(second.join());
        assertThat(rules.rendered).as("once for each device").hasValue(2);
    }

    @Test
    void aFailureIsTheTurnsOwnAndTheNextBegins() {
        observed.published(RULES, "b", TestObserved.content("nowhere", false));
        Sinks.Empty<Void> gate = Sinks.empty();
        rules.gate = gate.asMono();
        CompletableFuture<RuleBook> first = books.of(RULES).toFuture();
        await().until(() -> rules.reads.get() == 1);
        CompletableFuture<RuleBook> second = books.of(RULES).toFuture();

        gate.tryEmitEmpty();

        assertThat(first).failsWithin(PATIENCE);
        assertThat(second).failsWithin(PATIENCE);
        assertThat(rules.reads).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\"} or vector(1)",
                "it's",
                "a`b",
                "a\\",
                "robot #1",
                "#1",
                "a: b",
                "a:",
                "a\nb",
                "a\tb",
                "a\u0085b",
                "a\u2028b",
                "{{ 1 }}"
            })
    void aUidThatWouldChangeTheRulesIsKeptOut(String uid) {
        DocumentRef template = published("t", "mem-@");
        enrolled("r1", template);
        observed.enrolled("odd", uid, "10.0.0.2", Map.of(RULES, List.of(template)));

        assertThat(text(book()).lines())
                .hasSize(4)
                .endsWith("groups:", "- name: t/r1/mem-r1")
                .anyMatch(line -> line.startsWith("# left out: \"t\": the uid '"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"robot one", "r\u00f6b", "1.5e3", "rack-3:7", "a#b", "50%", "robot (old)", "{b1}", "x,y&*"})
    void anyOtherUidGoesIn(String uid) {
        DocumentRef template = published("t", "mem-@");
        observed.enrolled("r1", uid, "10.0.0.2", Map.of(RULES, List.of(template)));

        assertThat(text(book())).isEqualTo(HEAD + "groups:\n- name: t/" + uid + "/mem-" + uid + "\n");
    }

    @Test
    void aBookHasALimit() {
        DocumentRef template = published("t", "x".repeat(50) + "@");
        enrolled("r1", template);
        enrolled("r2", template);

        isRefused(books(Changed.copy(ObserveSettings.DEFAULTS, "ruleBookCharsMax", 100)), "observe.too-many");
        isRefused(books(Changed.copy(ObserveSettings.DEFAULTS, "ruleBookFilesMax", 1)), "observe.too-many");
        assertThat(text(books(Changed.copy(ObserveSettings.DEFAULTS, "ruleBookFilesMax", 2))
                        .of(RULES)
                        .block(PATIENCE)))
                .contains("r1", "r2");
    }

    @Test
    void whatStaysOutsideCountsTooAsItIsKeptInMemory() {
        DocumentRef template = published("t", "! " + "x".repeat(50) + "@");
        enrolled("r1", template);
        enrolled("r2", template);

        isRefused(books(Changed.copy(ObserveSettings.DEFAULTS, "ruleBookCharsMax", 100)), "observe.too-many");
    }
}
