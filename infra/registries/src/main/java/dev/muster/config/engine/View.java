package dev.muster.config.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A view: which paths somebody may ask for, and where they lie.
 *
 * @param parameters name → when it must be given
 */
record View(String name, List<Rule> rules, Map<String, Presence> parameters) {

    enum Presence {
        OPTIONAL,
        REQUIRED_ON_READ,
        REQUIRED_ON_WRITE,
        REQUIRED;

        boolean onRead() {
            return this == REQUIRED || this == REQUIRED_ON_READ;
        }
    }

    record Rule(List<Part> request, List<Part> storage, boolean readable, boolean writable) {}

    /**
     * A rule that a request selects (contract §9).
     *
     * @param suffix what the request leaves open of the rule's
     * @param storage the rule's storage path with the placeholders filled that the request names
     * @param bound placeholder → what the request has in its place
     */
    record Match(Rule rule, List<Part> suffix, List<Part> storage, Map<String, Part> bound) {}

    /** Rules whose request begins with the path; a path never reaches below a rule. */
    List<Match> matching(List<Part> path, Predicate<Rule> access) {
        List<Match> matches = new ArrayList<>();
        for (Rule rule : rules) {
            Match match = access.test(rule) ? match(rule, path) : null;
            if (match != null) {
                matches.add(match);
            }
        }
        return matches;
    }

    private static @Nullable Match match(Rule rule, List<Part> path) {
        if (rule.request().size() < path.size()) {
            return null;
        }
        Map<String, Part> bound = new HashMap<>();
        for (int i = 0; i < path.size(); i++) {
            Part part = rule.request().get(i);
            if (!part.meets(path.get(i))) {
                return null;
            }
            if (part.isPlaceholder()) {
                Part before = bound.putIfAbsent(part.name(), path.get(i));
                if (before != null && !before.equals(path.get(i))) {
                    return null;
                }
            }
        }
        List<Part> suffix = rule.request().subList(path.size(), rule.request().size());
        return new Match(rule, suffix, filled(rule.storage(), bound), bound);
    }

    /** Filters stay where they were. */
    static List<Part> filled(List<Part> storage, Map<String, Part> bound) {
        return storage.stream()
                .map(part -> {
                    Part value = part.isPlaceholder() ? bound.get(part.name()) : null;
                    return value == null ? part : value.filteredBy(part.filters());
                })
                .toList();
    }
}
