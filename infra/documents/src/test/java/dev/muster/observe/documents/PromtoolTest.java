package dev.muster.observe.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.muster.observe.RuleFiles;
import dev.muster.observe.RuleFiles.RuleFile;
import dev.muster.observe.RuleGroups;
import dev.muster.observe.Uid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares our findings with the verdict of Prometheus' own promtool on what we store and render. Where we find nothing
 * it must agree, and what it refuses for the file's structure we must find, but for what is listed here.
 */
class PromtoolTest {

    /** A file that is judged differently. */
    private record Difference(String yaml, String reason) {}

    private static final List<Difference> WE_FIND_MORE = List.of(
            new Difference(rule("alert: null, expr: up"), "promtool takes the word for a name"),
            new Difference("groups: [null]", "promtool passes over it"),
            new Difference(group("name: g, rules: [null]"), "promtool passes over it"),
            new Difference(group("name: g, limit: 5.5"), "promtool cuts it to 5"));

    private static final List<Difference> WE_FIND_LESS = List.of(
            new Difference(rule("alert: A, expr: 'sum('"), "expressions are Prometheus' to judge"),
            new Difference(rule("alert: A, expr: up, labels: {a: '{{ $x }}'}"), "so are templates"),
            new Difference(group("name: g, query_offset: 1m"), "newer versions than Debian's know it"),
            new Difference(group("name: g, labels: {a: b}"), "newer versions than Debian's know it"));

    private static final List<String> FINE = List.of(
            "{}",
            "groups:",
            "groups: []",
            group("name: g"),
            group("name: g, rules: null, interval: null, limit: null"),
            group("name: 5, interval: 1m30s, limit: 10"),
            group("name: g, interval: 0") + "\n" + "- name: h",
            rule("alert: A, expr: up"),
            rule("alert: 5, expr: 1"),
            rule("record: 'a:b:c', expr: up, labels: {a: b, c: 1, d: yes, e: null, f: 2020-01-01}"),
            rule("record: a, expr: up, for: 0s, keep_firing_for: 0"),
            rule("record: a, expr: up, annotations: {}"),
            rule("alert: A, expr: up, for: 5m, keep_firing_for: 1h, labels: {severity: page}"),
            rule("alert: A, expr: up, for: 1y2w3d4h5m6s7ms, annotations: {summary: '{{ $labels.x }} is {{ $value }}'}"),
            rule("alert: A %%juju_device_uuid%%, expr: 'up{device=\"%%juju_device_uuid%%\"} == 0'"),
            rule("alert: '\u00e4', expr: \"up{a=\\\"\u00e4\\\"}\""),
            """
            groups:
            - name: shared
              rules:
              - &one {alert: A, expr: up, labels: &l {severity: page}}
              - {<<: *one, alert: B}
              - {record: c, expr: up, labels: *l}
            """,
            """
            groups:
              - name: long
                rules:
                  - alert: ALongOne
                    expr: >
                      sum by (instance) (rate(node_network_receive_errs_total{device!~"lo|veth.*"}[5m])) / sum by (instance)
                      (rate(node_network_receive_packets_total{device!~"lo|veth.*"}[5m])) > 0.01 and on (instance) up == 1
                    annotations:
                      description: |
                        Two lines
                        with '{{ $labels.instance }}' and "quotes".
            """);

    private static final List<String> BROKEN = List.of(
            "a: 1",
            "groups: 5",
            "groups: {name: g}",
            "groups: [5]",
            "groups: []\nmore: 1",
            group("rules: []"),
            group("name: ''"),
            group("name: null"),
            group("name: [g]"),
            group("name: g") + "\n- name: g",
            group("name: g, interval: 60"),
            group("name: g, interval: ''"),
            group("name: g, interval: 1m 30s"),
            group("name: g, interval: 30s1m"),
            group("name: g, interval: 300y"),
            group("name: g, interval: [1m]"),
            group("name: g, limit: many"),
            group("name: g, limit: '5'"),
            group("name: g, rules: {alert: A}"),
            group("name: g, rules: [5]"),
            group("name: g, ruels: []"),
            rule("expr: up"),
            rule("alert: A, record: a, expr: up"),
            rule("alert: '', expr: up"),
            rule("alert: A"),
            rule("alert: A, expr: ''"),
            rule("alert: A, expr: ' '"),
            rule("alert: A, expr: [up]"),
            rule("alert: A, expr: up, for: 5"),
            rule("alert: A, expr: up, for: -5m"),
            rule("alert: A, expr: up, for: 5 m"),
            rule("alert: A, expr: up, for: 1:30"),
            rule("alert: A, expr: up, keep_firing_for: x"),
            rule("alert: A, expr: up, labels: [a]"),
            rule("alert: A, expr: up, labels: {a: [b]}"),
            rule("alert: A, expr: up, labels: {a: {b: c}}"),
            rule("alert: A, expr: up, labels: {a-b: c}"),
            rule("alert: A, expr: up, labels: {'': c}"),
            rule("alert: A, expr: up, labels: {1a: c}"),
            rule("alert: A, expr: up, labels: {__name__: c}"),
            rule("alert: A, expr: up, labels: {yes: a, 'true': b}"),
            rule("alert: A, expr: up, annotations: {a b: c}"),
            rule("alert: A, expr: up, annotation: {}"),
            rule("record: a-b, expr: up"),
            rule("record: '', expr: up"),
            rule("record: 5, expr: up"),
            rule("record: a, expr: up, for: 5m"),
            rule("record: a, expr: up, keep_firing_for: 5m"),
            rule("record: a, expr: up, annotations: {a: b}"));

    private final RuleFiles files = new RuleTexts(DocumentSettings.defaults());

    @TempDir
    Path folder;

    private static String group(String members) {
        return "groups:\n- {" + members + "}";
    }

    private static String rule(String members) {
        return group("name: g, rules: [{" + members + "}]");
    }

    @BeforeAll
    static void findPromtool() throws Exception {
        try {
            new ProcessBuilder("promtool", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            System.err.println("SKIPPED, the comparison with promtool did not run: it is not installed");
            abort("promtool is not installed");
        }
    }

    @Test
    void whatIsFineToUsIsLoaded() throws Exception {
        List<RuleFile> read = FINE.stream().map(files::read).toList();
        assertThat(read).allSatisfy(file -> assertThat(file.findings()).isEmpty());
        List<String> verdicts = verdicts(read);
        for (int i = 0; i < read.size(); i++) {
            assertThat(verdicts.get(i)).as(read.get(i).canonical()).contains("SUCCESS");
        }
    }

    @Test
    void whatIsRefusedForItsStructureWeFind() throws Exception {
        List<RuleFile> read = BROKEN.stream().map(files::read).toList();
        List<String> verdicts = verdicts(read);
        for (int i = 0; i < read.size(); i++) {
            assertThat(verdicts.get(i)).as(read.get(i).canonical()).contains("FAILED");
            assertThat(read.get(i).findings()).as(read.get(i).canonical()).isNotEmpty();
        }
    }

    @Test
    void filesAtRandomAreJudgedTheSame() throws Exception {
        Random random = new Random(20_26);
        List<RuleFile> read = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            read.add(files.read(randomFile(random)));
        }
        List<String> verdicts = verdicts(read);
        List<String> differences = new ArrayList<>();
        int fine = 0;
        for (int i = 0; i < read.size(); i++) {
            boolean loaded = verdicts.get(i).contains("SUCCESS");
            fine += loaded ? 1 : 0;
            if (loaded != read.get(i).findings().isEmpty()) {
                differences.add(read.get(i) + "\n" + verdicts.get(i));
            }
        }
        assertThat(differences).isEmpty();
        assertThat(fine).isBetween(50, 350);
    }

    @Test
    void theGroupsOfAllFilesAreLoadedFromOne() throws Exception {
        RuleGroups groups = new GroupTexts(DocumentSettings.defaults());
        StringBuilder book = new StringBuilder("groups:\n");
        for (String yaml : FINE) {
            String rendered = files.rendered(files.read(yaml).canonical(), new Uid("robot1"));
            book.append(groups.of(rendered, "file " + FINE.indexOf(yaml) + "/"));
        }
        assertThat(book).contains("- name: file 3/g\n").doesNotContain("&id");
        RuleFile file = files.read(book.toString());
        assertThat(file.findings()).isEmpty();
        assertThat(verdicts(List.of(file)).getFirst()).contains("SUCCESS");
    }

    @Test
    void everyListedDifferenceIsOne() throws Exception {
        List<RuleFile> more =
                WE_FIND_MORE.stream().map(d -> files.read(d.yaml())).toList();
        assertThat(more).allSatisfy(file -> assertThat(file.findings()).isNotEmpty());
        assertThat(verdicts(more)).allSatisfy(verdict -> assertThat(verdict).contains("SUCCESS"));
        List<RuleFile> less =
                WE_FIND_LESS.stream().map(d -> files.read(d.yaml())).toList();
        assertThat(less).allSatisfy(file -> assertThat(file.findings()).isEmpty());
        if (verdicts(List.of(less.get(2))).getFirst().contains("FAILED")) {
            assertThat(verdicts(less)).allSatisfy(verdict -> assertThat(verdict).contains("FAILED"));
        }
    }

    /** A file in which most parts are right. */
    private static String randomFile(Random random) {
        StringBuilder yaml = new StringBuilder("groups:\n");
        for (int i = random.nextInt(3); i >= 0; i--) {
            yaml.append("- name: ")
                    .append(pick(random, "g" + i, "5", "''", "~", "g0"))
                    .append('\n');
            part(random, yaml, "  interval: ", "1m", "0", "1h30m", "5", "x", "1m1h");
            part(random, yaml, "  limit: ", "5", "0", "-1", "x", "'1'", "[]");
            yaml.append("  rules:\n");
            for (int j = random.nextInt(3); j >= 0; j--) {
                boolean alert = random.nextBoolean();
                yaml.append("  - expr: ")
                        .append(pick(random, "up == 0", "1", "'up'", "''", "{}"))
                        .append('\n');
                yaml.append(alert ? "    alert: " : "    record: ");
                yaml.append(pick(random, "Down", alert ? "not down" : "a:b", "yes", "''", "[]", "{}"))
                        .append('\n');
                part(random, yaml, "    " + (alert ? "record" : "alert") + ": ", "Down");
                part(random, yaml, "    labels: ", "{a: b}", "~", "{a: 1, b: yes}", "{a-b: c}", "{a: []}", "5");
                if (alert) {
                    part(random, yaml, "    for: ", "5m", "~", "0", "5", "''", "1 m");
                    part(random, yaml, "    annotations: ", "{a: b}", "{}", "{a: ~}", "{1: b}", "x", "{a: {}}");
                }
                part(
                        random,
                        yaml,
                        "    " + pick(random, "keep_firing_for", "keep_firing_for", "for", "other") + ": ",
                        "0s");
            }
        }
        return yaml.toString();
    }

    private static void part(Random random, StringBuilder yaml, String name, String... values) {
        if (random.nextInt(values.length == 1 ? 16 : 3) == 0) {
            yaml.append(name).append(pick(random, values)).append('\n');
        }
    }

    /** The first ones are more likely. */
    private static String pick(Random random, String... values) {
        return values[random.nextInt(random.nextInt(6) == 0 ? values.length : Math.min(2, values.length))];
    }

    /** What promtool says about each file, rendered for a device. */
    private List<String> verdicts(List<RuleFile> read) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool", "check", "rules", "--lint=none"));
        for (int i = 0; i < read.size(); i++) {
            Path file = folder.resolve("%03d.rule".formatted(i));
            Files.writeString(file, files.rendered(read.get(i).canonical(), new Uid("robot1")));
            command.add(file.toString());
        }
        Process promtool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        promtool.waitFor();
        List<String> verdicts = List.of(output.split("(?m)^Checking "));
        assertThat(verdicts).hasSize(read.size() + 1);
        return verdicts.subList(1, verdicts.size());
    }
}
