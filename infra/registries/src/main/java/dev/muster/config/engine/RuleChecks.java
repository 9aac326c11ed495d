package dev.muster.config.engine;

import dev.muster.config.Profile;
import dev.muster.config.engine.View.Presence;
import dev.muster.config.engine.View.Rule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the rules of one view must keep to (contract §8, points 1 to 6). */
final class RuleChecks {

    private final Type.ClosedMap schema;
    private final Profile profile;
    private final Map<String, Presence> parameters;
    private final Set<String> readable = new HashSet<>();
    private final Map<String, Set<String>> sortsByRequest = new HashMap<>();

    RuleChecks(Type.ClosedMap schema, Profile profile, Map<String, Presence> parameters) {
        this.schema = schema;
        this.profile = profile;
        this.parameters = parameters;
    }

    Rule checked(String requestText, String storageText, String access, String pointer) {
        List<Part> request = path(requestText, PathReader.Place.REQUEST, pointer + "/request");
        List<Part> storage = path(storageText, PathReader.Place.STORAGE, pointer + "/storage");
        samePlaceholders(request, storage, pointer);
        if (profile == Profile.CONFDB) {
            eachNameOnce(request, pointer);
        }
        Rule rule = new Rule(request, storage, !access.equals("write"), !access.equals("read"));
        if (rule.readable() && !readable.add(requestText)) {
            throw new SchemaFault(pointer, "another readable rule has the request '" + requestText + "'");
        }
        oneSortFits(requestText, followed(storage, pointer + "/storage"), pointer);
        return rule;
    }

    private List<Part> path(String text, PathReader.Place place, String pointer) {
        try {
            return PathReader.read(text, place, profile);
        } catch (PathFault e) {
            throw new SchemaFault(pointer, e.what());
        }
    }

    private static void samePlaceholders(List<Part> request, List<Part> storage, String pointer) {
        if (!placeholders(request).equals(placeholders(storage))) {
            throw new SchemaFault(pointer, "request and storage have the same placeholders");
        }
    }

    /** By kind: {@code {x}} and {@code [{x}]} are two. */
    private static Set<String> placeholders(List<Part> parts) {
        return parts.stream()
                .filter(Part::isPlaceholder)
                .map(part -> part.kind() + " " + part.name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void eachNameOnce(List<Part> request, String pointer) {
        Set<String> names = new HashSet<>();
        for (Part part : request) {
            if (part.isPlaceholder() && !names.add(part.name())) {
                throw new SchemaFault(pointer + "/request", "the placeholder '" + part.name() + "' is there twice");
            }
        }
    }

    private List<Type> followed(List<Part> storage, String pointer) {
        List<Type> here = List.of(schema);
        for (Part part : storage) {
            try {
                here = Types.step(here, part);
            } catch (PathFault e) {
                throw new SchemaFault(pointer, e.what());
            }
            if (here.isEmpty()) {
                throw new SchemaFault(pointer, "the storage schema has no '" + part + "' there");
            }
            filtersFit(part, here, pointer);
        }
        return here;
    }

    private void filtersFit(Part part, List<Type> here, String pointer) {
        for (String parameter : part.filters().values()) {
            if (!parameters.containsKey(parameter)) {
                throw new SchemaFault(pointer, "the parameter '" + parameter + "' is not declared");
            }
        }
        boolean mapped = here.stream()
                .anyMatch(type -> type.sort().equals("map") || type.sort().equals("any"));
        if (!part.filters().isEmpty() && !mapped) {
            throw new SchemaFault(pointer, "only maps can be filtered");
        }
    }

    /** Rules that share a request receive the same value, so one sort must fit all of them. */
    private void oneSortFits(String request, List<Type> types, String pointer) {
        Set<String> sorts = types.stream().map(Type::sort).collect(Collectors.toCollection(TreeSet::new));
        Set<String> common = sortsByRequest.get(request);
        if (common == null || common.contains("any")) {
            sortsByRequest.put(request, sorts);
            return;
        }
        if (!sorts.contains("any")) {
            common.retainAll(sorts);
        }
        if (common.isEmpty()) {
            throw new SchemaFault(pointer, "no value fits all rules with the request '" + request + "'");
        }
    }
}
