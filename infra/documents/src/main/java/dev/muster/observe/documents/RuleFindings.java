package dev.muster.observe.documents;

import dev.muster.observe.RuleFiles.Finding;
import dev.muster.observe.documents.yaml.Node;
import dev.muster.observe.documents.yaml.Node.Items;
import dev.muster.observe.documents.yaml.Node.Kind;
import dev.muster.observe.documents.yaml.Node.Mapping;
import dev.muster.observe.documents.yaml.Node.Member;
import dev.muster.observe.documents.yaml.Node.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what makes Prometheus or Loki refuse a rule file, as far as its structure goes: names, types, durations,
 * what excludes each other. Expressions and the templates inside labels are theirs to judge. Placeholders are looked at
 * as if a device were put in.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/">Prometheus: rule files</a>
 */
final class RuleFindings {

    private static final String SOME_DEVICE = "device";
    private static final Set<String> GROUP_MEMBERS =
            Set.of("name", "interval", "query_offset", "limit", "labels", "rules");
    private static final Set<String> RULE_MEMBERS =
            Set.of("record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations");

    private final int findingsMax;
    private final List<Finding> findings = new ArrayList<>();
    /**
     * What was looked at, by what it was taken for. Aliases let a file repeat a large list within a repeated list; it
     * says the same at each place and is looked at once.
     */
    private final Map<String, Set<Node>> seen = new HashMap<>();

    private RuleFindings(int findingsMax) {
        this.findingsMax = findingsMax;
    }

    /** At most so many findings, in the order of the file. */
    static List<Finding> in(Mapping file, int findingsMax) {
        RuleFindings search = new RuleFindings(findingsMax);
        search.file(file);
        return List.copyOf(search.findings);
    }

    private void file(Mapping file) {
        onlyKnown(file, Set.of("groups"), "");
        Node groups = find(file, "groups");
        Set<String> names = new HashSet<>();
        int index = 0;
        for (Node each : itemsOf(groups, "groups")) {
            String path = "groups[" + index++ + "]";
            if (isFull()) {
                return;
            }
            if (each instanceof Mapping group) {
                group(group, path, names);
            } else {
                found(path, each, "A group is a mapping with a name and rules.");
            }
        }
    }

    private void group(Mapping group, String path, Set<String> names) {
        onlyKnown(group, GROUP_MEMBERS, path + ".");
        Node name = find(group, "name");
        Node place = name == null ? group : name;
        String text = text(name);
        if (text.isEmpty()) {
            found(path + ".name", place, "A group has a name, and it is not empty.");
        } else if (!names.add(text)) {
            String shown = Placeholders.shortened(text);
            found(path + ".name", place, "The name '" + shown + "' is another group's in this file.");
        }
        duration(group, "interval", path);
        duration(group, "query_offset", path);
        Node limit = find(group, "limit");
        if (limit != null
                && !isNull(limit)
                && !(limit instanceof Scalar(var kind, var t, var s, var l, var c)
                        && kind == Kind.WHOLE
                        && t.length() < 19)) {
            found(path + ".limit", limit, "A limit is a whole number.");
        }
        labels(group, "labels", path, true);
        Node rules = find(group, "rules");
        if (rules == null || !isNew("rules", rules)) {
            return;
        }
        int index = 0;
        for (Node each : itemsOf(rules, path + ".rules")) {
            String rulePath = path + ".rules[" + index++ + "]";
            if (isFull()) {
                return;
            }
            if (each instanceof Mapping rule) {
                rule(rule, rulePath);
            } else {
                found(rulePath, each, "A rule is a mapping with an expression.");
            }
        }
    }

    private void rule(Mapping rule, String path) {
        if (!isNew("rule", rule)) {
            return;
        }
        onlyKnown(rule, RULE_MEMBERS, path + ".");
        Node alert = find(rule, "alert");
        Node metric = find(rule, "record");
        if ((alert == null) == (metric == null)) {
            found(path, rule, "A rule has either an alert or a record.");
        }
        if (alert != null && text(alert).isEmpty()) {
            found(path + ".alert", alert, "An alert has a name, and it is not empty.");
        }
        if (metric != null && !PrometheusWords.isMetricName(text(metric))) {
            found(path + ".record", metric, "This is no name of a metric.");
        }
        Node expression = find(rule, "expr");
        if (text(expression).isBlank()) {
            found(path + ".expr", expression == null ? rule : expression, "A rule has an expression.");
        }
        for (String name : List.of("for", "keep_firing_for")) {
            duration(rule, name, path);
            Node duration = find(rule, name);
            if (duration != null && metric != null && alert == null && PrometheusWords.isSome(text(duration))) {
                found(path + "." + name, duration, "Only an alert waits.");
            }
        }
        labels(rule, "labels", path, true);
        labels(rule, "annotations", path, false);
        if (metric != null
                && alert == null
                && find(rule, "annotations") instanceof Mapping annotations
                && !annotations.members().isEmpty()) {
            found(path + ".annotations", annotations, "Only an alert has annotations.");
        }
    }

    private void duration(Mapping parent, String name, String path) {
        Node duration = find(parent, name);
        if (duration != null && !isNull(duration) && !PrometheusWords.isDuration(text(duration))) {
            found(path + "." + name, duration, "This is no duration; one is 30s or 1h30m.");
        }
    }

    private void labels(Mapping parent, String name, String path, boolean ofSeries) {
        Node labels = find(parent, name);
        if (labels == null || isNull(labels) || !isNew(name, labels)) {
            return;
        }
        if (!(labels instanceof Mapping mapping)) {
            found(path + "." + name, labels, "This is no mapping of names to texts.");
            return;
        }
        Set<String> names = new HashSet<>();
        for (Member each : mapping.members()) {
            if (isFull()) {
                return;
            }
            String label = text(each.key());
            String labelPath = path + "." + name + "." + Placeholders.shortened(label);
            if (!PrometheusWords.isLabelName(label) || ofSeries && label.equals("__name__")) {
                found(labelPath, each.key(), "This is no name of a label.");
            } else if (!names.add(label)) {
                found(labelPath, each.key(), "This name is given twice.");
            } else if (!(each.value() instanceof Scalar)) {
                found(labelPath, each.value(), "This is no text.");
            }
        }
    }

    private void onlyKnown(Mapping mapping, Set<String> known, String path) {
        Set<String> names = new HashSet<>();
        for (Member each : mapping.members()) {
            String name = text(each.key());
            if (!known.contains(name)) {
                found(path + Placeholders.shortened(name), each.key(), "There is no such member here.");
            } else if (!names.add(name)) {
                found(path + name, each.key(), "This member is given twice.");
            }
            if (isFull()) {
                return;
            }
        }
    }

    /** The items of a list; none, with a finding, if it is something else. */
    private List<Node> itemsOf(@Nullable Node list, String path) {
        if (list instanceof Items items) {
            return items.items();
        }
        if (list != null && !isNull(list)) {
            found(path, list, "This is no list.");
        }
        return List.of();
    }

    private static @Nullable Node find(Mapping mapping, String name) {
        for (Member each : mapping.members()) {
            if (each.key().text().equals(name)) {
                return each.value();
            }
        }
        return null;
    }

    /** What a scalar says once a device is put in; empty for anything else, and for nothing. */
    private static String text(@Nullable Node node) {
        return node instanceof Scalar scalar && !isNull(scalar) ? Placeholders.filled(scalar.text(), SOME_DEVICE) : "";
    }

    private static boolean isNull(Node node) {
        return node instanceof Scalar scalar && scalar.kind() == Kind.NULL;
    }

    private boolean isNew(String role, Node node) {
        return seen.computeIfAbsent(role, each -> Collections.newSetFromMap(new IdentityHashMap<>()))
                .add(node);
    }

    private boolean isFull() {
        return findings.size() >= findingsMax;
    }

    private void found(String path, Node where, String message) {
        if (!isFull()) {
            findings.add(new Finding(path, where.line() > 0 ? where.line() : null, message));
        }
    }
}
