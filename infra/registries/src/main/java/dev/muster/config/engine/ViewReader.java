package dev.muster.config.engine;

import dev.muster.config.Json;
import dev.muster.config.JsonReader;
import dev.muster.config.Profile;
import dev.muster.config.SubKeys;
import dev.muster.config.engine.View.Presence;
import dev.muster.config.engine.View.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the views of a registry (contract §8) and hands each rule to {@link RuleChecks}. */
final class ViewReader {

    static final int VIEWS_MAX = 500;
    static final int RULES_MAX = 1_000;
    private static final int CONTENT_DEEP_MAX = 32;

    private final Profile profile;
    private final Type.ClosedMap storage;
    private int rulesRead;

    private ViewReader(Type.ClosedMap storage, Profile profile) {
        this.storage = storage;
        this.profile = profile;
    }

    static SortedMap<String, View> read(@Nullable Json views, String pointer, Type.ClosedMap storage, Profile profile) {
        return new ViewReader(storage, profile).views(views, pointer);
    }

    private SortedMap<String, View> views(@Nullable Json given, String pointer) {
        if (!(given instanceof Json.Members members) || members.isEmpty()) {
            throw new SchemaFault(pointer, "'views' is an object with at least one view");
        }
        if (members.values().size() > VIEWS_MAX) {
            throw new SchemaFault(pointer, "there are at most " + VIEWS_MAX + " views");
        }
        SortedMap<String, View> views = new TreeMap<>();
        members.values().forEach((name, view) -> views.put(name, view(name, view, below(pointer, name))));
        return views;
    }

    private View view(String name, Json given, String pointer) {
        if (!SubKeys.fits(name)) {
            throw new SchemaFault(pointer, "'" + name + "' is no name of a view");
        }
        if (!(given instanceof Json.Members view)) {
            throw new SchemaFault(pointer, "a view is an object");
        }
        if (view.get("summary") instanceof Json summary && !(summary instanceof Json.Text)) {
            throw new SchemaFault(pointer + "/summary", "a summary is a string");
        }
        Map<String, Presence> parameters = parameters(view.get("parameters"), pointer + "/parameters");
        if (!(view.get("rules") instanceof Json.Items rules) || rules.values().isEmpty()) {
            throw new SchemaFault(pointer + "/rules", "'rules' is a list with at least one rule");
        }
        RuleChecks checks = new RuleChecks(storage, profile, parameters);
        List<Rule> read = new ArrayList<>();
        for (int i = 0; i < rules.values().size(); i++) {
            rule(rules.values().get(i), Parent.NONE, pointer + "/rules/" + i, checks, read);
        }
        return new View(name, List.copyOf(read), parameters);
    }

    private Map<String, Presence> parameters(@Nullable Json given, String pointer) {
        Map<String, Presence> parameters = new TreeMap<>();
        if (given == null || profile == Profile.REGISTRY) {
            return parameters;
        }
        if (!(given instanceof Json.Members members)) {
            throw new SchemaFault(pointer, "'parameters' is an object");
        }
        members.values().forEach((name, parameter) -> {
            String at = below(pointer, name);
            if (!SubKeys.fits(name) || !(parameter instanceof Json.Members declared)) {
                throw new SchemaFault(at, "a parameter has a name and is an object");
            }
            parameters.put(name, presence(declared.get("presence"), at + "/presence"));
        });
        return parameters;
    }

    private static Presence presence(@Nullable Json given, String pointer) {
        if (given == null) {
            return Presence.OPTIONAL;
        }
        String word = given instanceof Json.Text text ? text.value() : "";
        return switch (word) {
            case "optional" -> Presence.OPTIONAL;
            case "required-on-read" -> Presence.REQUIRED_ON_READ;
            case "required-on-write" -> Presence.REQUIRED_ON_WRITE;
            case "required" -> Presence.REQUIRED;
            default ->
                throw new SchemaFault(pointer, "presence is optional, required-on-read, required-on-write or required");
        };
    }

    /** What a rule inside {@code content} continues. */
    private record Parent(
            String request, String storage, @Nullable String access, int depth) {
        static final Parent NONE = new Parent("", "", null, 0);

        boolean isNone() {
            return depth == 0;
        }
    }

    private void rule(Json given, Parent parent, String pointer, RuleChecks checks, List<Rule> read) {
        if (!(given instanceof Json.Members rule)) {
            throw new SchemaFault(pointer, "a rule is an object");
        }
        if (++rulesRead > RULES_MAX) {
            throw new SchemaFault(pointer, "there are at most " + RULES_MAX + " rules");
        }
        String ownStorage = needed(rule.get("storage"), "storage", pointer);
        Json ownRequest = rule.get("request");
        String request = ownRequest == null ? ownStorage : needed(ownRequest, "request", pointer);
        String access = access(rule.get("access"), parent, pointer);
        String fullRequest = joined(parent.request(), request);
        String fullStorage = joined(parent.storage(), ownStorage);
        read.add(checks.checked(fullRequest, fullStorage, access, pointer));
        content(
                rule.get("content"),
                new Parent(fullRequest, fullStorage, access, parent.depth() + 1),
                pointer,
                checks,
                read);
    }

    private void content(@Nullable Json given, Parent parent, String pointer, RuleChecks checks, List<Rule> read) {
        if (given == null) {
            return;
        }
        String at = pointer + "/content";
        if (!(given instanceof Json.Items rules) || rules.values().isEmpty()) {
            throw new SchemaFault(at, "'content' is a list with at least one rule");
        }
        if (parent.depth() > CONTENT_DEEP_MAX) {
            throw new SchemaFault(at, "'content' goes at most " + CONTENT_DEEP_MAX + " levels deep");
        }
        for (int i = 0; i < rules.values().size(); i++) {
            rule(rules.values().get(i), parent, at + "/" + i, checks, read);
        }
    }

    private String access(@Nullable Json given, Parent parent, String pointer) {
        if (given != null && !parent.isNone() && profile == Profile.CONFDB) {
            throw new SchemaFault(pointer + "/access", "a rule in 'content' has the access of the rule around it");
        }
        if (given == null) {
            String inherited = profile == Profile.CONFDB ? parent.access() : null;
            return inherited == null ? "read-write" : inherited;
        }
        String word = given instanceof Json.Text text ? text.value() : "";
        return switch (word) {
            case "read", "write", "read-write" -> word;
            default -> throw new SchemaFault(pointer + "/access", "access is read, write or read-write");
        };
    }

    private static String needed(@Nullable Json given, String member, String pointer) {
        if (given instanceof Json.Text text && !text.value().isEmpty()) {
            return text.value();
        }
        throw new SchemaFault(
                given == null ? pointer : pointer + "/" + member, "'" + member + "' is a path and not empty");
    }

    private static String joined(String before, String after) {
        return before.isEmpty() || after.startsWith("[") ? before + after : before + "." + after;
    }

    private static String below(String pointer, String name) {
        return pointer + "/" + JsonReader.escaped(name);
    }
}
