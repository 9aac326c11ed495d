package dev.muster.config.engine;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Json;
import dev.muster.config.Tree;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A second, much simpler engine for one schema whose rules all end at integers: a flat table of leaves. Where no
 * container is ever a value of its own, confdb's rules come down to this.
 */
final class LeafModel {

    static final String DOCUMENT = """
            {"storage":{"schema":{"top":"int","deep":{"schema":{"one":"int","two":"int"}},
             "many":{"keys":"string","values":{"schema":{"left":"int","right":"int"}}}}},
             "views":{"v":{"rules":[
              {"request":"a","storage":"top"},
              {"request":"b.x","storage":"deep.one"},
              {"request":"b.c","storage":"deep.two"},
              {"request":"c.{k}.a","storage":"many.{k}.left"},
              {"request":"c.{k}.b","storage":"many.{k}.right"}]}}}
            """;

    /** Request pattern → storage pattern; a star is the placeholder. */
    private static final Map<String, String> RULES = new TreeMap<>(
            Map.of("a", "top", "b.x", "deep.one", "b.c", "deep.two", "c.*.a", "many.*.left", "c.*.b", "many.*.right"));

    private final TreeMap<String, Json> leaves = new TreeMap<>();

    Json.Members bag() {
        Json.Members bag = Json.Members.NONE;
        for (Map.Entry<String, Json> leaf : leaves.entrySet()) {
            bag = Tree.with(bag, leaf.getKey(), leaf.getValue());
        }
        return bag;
    }

    /** "ok" or the code of the refusal. */
    String write(String request, Json value) {
        List<String> rules =
                RULES.keySet().stream().filter(rule -> begins(rule, request)).toList();
        if (rules.isEmpty()) {
            return ConfigRefusal.NO_MATCH.code();
        }
        TreeMap<String, Json> changed = new TreeMap<>(leaves);
        if (value instanceof Json.Null) {
            changed.keySet().removeIf(leaf -> rules.stream().anyMatch(rule -> of(rule, request, leaf)));
        } else if (!assign(rules, request, value, changed)) {
            return ConfigRefusal.BAD_REQUEST.code();
        }
        if (!changed.values().stream().allMatch(leaf -> leaf instanceof Json.Num)) {
            return ConfigRefusal.VALUE_INVALID.code();
        }
        leaves.clear();
        leaves.putAll(changed);
        return "ok";
    }

    private static boolean assign(List<String> rules, String request, Json value, TreeMap<String, Json> leaves) {
        TreeMap<String, Json> given = new TreeMap<>();
        if (!flatten(request, value, rules, given)) {
            return false;
        }
        for (String rule : rules) {
            for (String path : concrete(rule, request, value)) {
                Json leaf = given.get(path);
                String storage = storage(rule, path);
                if (leaf == null) {
                    leaves.remove(storage);
                } else {
                    leaves.put(storage, leaf);
                }
            }
        }
        return true;
    }

    /** Leaves by full request path; false when the value is deeper or shallower than the rules. */
    private static boolean flatten(String path, Json value, List<String> rules, TreeMap<String, Json> given) {
        boolean end = rules.stream().anyMatch(rule -> begins(rule, path) && length(rule) == length(path));
        if (end) {
            given.put(path, value);
            return true;
        }
        if (rules.stream().noneMatch(rule -> begins(rule, path)) || !(value instanceof Json.Members members)) {
            return false;
        }
        return members.values().entrySet().stream()
                .allMatch(m -> flatten(path + "." + m.getKey(), m.getValue(), rules, given));
    }

    /** The full request paths a rule stands for, its placeholder taken from the request or else from the value. */
    private static List<String> concrete(String rule, String request, Json value) {
        String[] parts = rule.split("\\.", -1);
        String[] asked = request.split("\\.", -1);
        for (int i = 0; i < asked.length; i++) {
            parts[i] = asked[i];
        }
        if (!String.join(".", parts).contains("*")) {
            return List.of(String.join(".", parts));
        }
        return value instanceof Json.Members members
                ? members.values().keySet().stream()
                        .map(key -> String.join(".", parts).replace("*", key))
                        .toList()
                : List.of();
    }

    String read(String request) {
        List<String> rules =
                RULES.keySet().stream().filter(rule -> begins(rule, request)).toList();
        if (rules.isEmpty()) {
            return ConfigRefusal.NO_MATCH.code();
        }
        Json.Members all = Json.Members.NONE;
        for (String rule : rules) {
            for (Map.Entry<String, Json> leaf : leaves.entrySet()) {
                String path = requestOf(rule, leaf.getKey());
                if (path != null && of(rule, request, leaf.getKey())) {
                    all = Tree.with(all, path, leaf.getValue());
                }
            }
        }
        Json found = request.isEmpty() ? (all.isEmpty() ? null : all) : Tree.at(all, request);
        return found == null ? ConfigRefusal.NO_DATA.code() : found.toString();
    }

    private static boolean begins(String rule, String request) {
        if (request.isEmpty()) {
            return true;
        }
        String[] parts = rule.split("\\.", -1);
        String[] asked = request.split("\\.", -1);
        if (asked.length > parts.length) {
            return false;
        }
        for (int i = 0; i < asked.length; i++) {
            if (!parts[i].equals("*") && !parts[i].equals(asked[i])) {
                return false;
            }
        }
        return true;
    }

    private static int length(String path) {
        return path.split("\\.", -1).length;
    }

    /** Whether a leaf is one that this rule reaches from this request. */
    private static boolean of(String rule, String request, String leaf) {
        String path = requestOf(rule, leaf);
        return path != null && (request.isEmpty() || path.equals(request) || path.startsWith(request + "."));
    }

    private static @Nullable String requestOf(String rule, String leaf) {
        String star = star(RULES.getOrDefault(rule, ""), leaf);
        return star == null ? null : rule.replace("*", star);
    }

    private static String storage(String rule, String path) {
        String star = star(rule, path);
        return RULES.getOrDefault(rule, "").replace("*", star == null ? "" : star);
    }

    /** What stands for the star; empty when there is none, null when the path is not of the pattern. */
    private static @Nullable String star(String pattern, String path) {
        String[] parts = pattern.split("\\.", -1);
        String[] given = path.split("\\.", -1);
        if (parts.length != given.length) {
            return null;
        }
        TreeSet<String> stars = new TreeSet<>();
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].equals("*")) {
                stars.add(given[i]);
            } else if (!parts[i].equals(given[i])) {
                return null;
            }
        }
        return stars.isEmpty() ? "" : stars.first();
    }
}
