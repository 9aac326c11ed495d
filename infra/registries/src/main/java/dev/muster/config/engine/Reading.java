package dev.muster.config.engine;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Json;
import dev.muster.config.Profile;
import dev.muster.config.engine.View.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Follows one storage path through a databag (contract §9, step 3) and cuts out secrets. */
final class Reading {

    private final Profile profile;
    private final Map<String, Json> constraints;
    private final boolean secrets;
    private boolean hidSecret;

    /** @param secrets whether the reader may see them */
    Reading(Profile profile, Map<String, Json> constraints, boolean secrets) {
        this.profile = profile;
        this.constraints = constraints;
        this.secrets = secrets;
    }

    /** Whether anything was left out for being secret. */
    boolean hidSecret() {
        return hidSecret;
    }

    /** What the match finds, wrapped in what the request left open; null when there is nothing. */
    @Nullable
    Json found(Json.Members databag, Match match, Type.ClosedMap schema) {
        for (Map.Entry<String, Part> bound : match.bound().entrySet()) {
            Json wanted = constraints.get(bound.getKey());
            Part given = bound.getValue();
            if (wanted != null && !given.isBracketed() && !wanted.equals(Json.of(given.name()))) {
                return null;
            }
        }
        Json value = follow(databag, match.storage(), List.of(schema), false, false);
        return value == null ? null : wrapped(value, match.suffix());
    }

    /** @param lenient inside an iteration what cannot be followed is passed over, elsewhere it is an error */
    private @Nullable Json follow(Json node, List<Part> path, List<Type> types, boolean secret, boolean lenient) {
        boolean secretHere = secret || Types.anySecret(types);
        if (path.isEmpty()) {
            return visible(node, types, secretHere);
        }
        Part part = path.getFirst();
        if (part.isBracketed() ? !(node instanceof Json.Items) : !(node instanceof Json.Members)) {
            if (lenient) {
                return null;
            }
            throw ConfigRefusal.STORAGE_MISMATCH.because(
                    "What is stored before '" + Part.text(path) + "' is " + node.sort() + ".");
        }
        List<Part> rest = path.subList(1, path.size());
        return switch (part.kind()) {
            case KEY, INDEX -> {
                Json child = child(node, part);
                List<Type> below = Types.step(types, part);
                yield child == null || !passes(child, part, below, secretHere)
                        ? null
                        : follow(child, rest, below, secretHere, lenient);
            }
            case SLOT -> members(node, part, rest, types, secretHere);
            case INDEX_SLOT -> items(node, part, rest, types, secretHere);
        };
    }

    private static @Nullable Json child(Json node, Part part) {
        return switch (node) {
            case Json.Members members -> members.get(part.name());
            case Json.Items items
            when part.index() < items.values().size() -> items.values().get(part.index());
            default -> null;
        };
    }

    private @Nullable Json members(Json node, Part part, List<Part> rest, List<Type> types, boolean secret) {
        TreeMap<String, Json> found = new TreeMap<>();
        if (node instanceof Json.Members members) {
            Json wanted = constraints.get(part.name());
            members.values().forEach((name, child) -> {
                if (wanted != null && !wanted.equals(Json.of(name))) {
                    return;
                }
                List<Type> below = Types.step(types, Part.key(name));
                Json value = passes(child, part, below, secret) ? follow(child, rest, below, secret, true) : null;
                if (value != null) {
                    found.put(name, value);
                }
            });
            // The older engine shows an empty map as such when nothing of the path is left to follow.
            if (members.isEmpty() && rest.isEmpty() && profile == Profile.REGISTRY) {
                return Json.Members.NONE;
            }
        }
        return found.isEmpty() ? null : new Json.Members(found);
    }

    private @Nullable Json items(Json node, Part part, List<Part> rest, List<Type> types, boolean secret) {
        List<Json> found = new ArrayList<>();
        if (node instanceof Json.Items items) {
            List<Type> below = Types.step(types, part);
            for (Json child : items.values()) {
                Json value = passes(child, part, below, secret) ? follow(child, rest, below, secret, true) : null;
                if (value != null) {
                    found.add(value);
                }
            }
        }
        return found.isEmpty() ? null : new Json.Items(found);
    }

    /**
     * Filters without a constraint let everything pass. Whoever may not see a value may not try out which it is either:
     * for them a filter on a secret lets nothing pass, whatever they guess.
     */
    private boolean passes(Json child, Part part, List<Type> types, boolean secret) {
        for (Map.Entry<String, String> filter : part.filters().entrySet()) {
            Json wanted = constraints.get(filter.getValue());
            if (wanted == null) {
                continue;
            }
            if (!secrets && (secret || isSecret(types, filter.getKey()))) {
                hidSecret = true;
                return false;
            }
            if (!(child instanceof Json.Members members && wanted.equals(members.get(filter.getKey())))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSecret(List<Type> types, String field) {
        return Types.anySecret(types) || Types.anySecret(Types.step(types, Part.key(field)));
    }

    private @Nullable Json visible(Json value, List<Type> types, boolean secret) {
        if (secrets) {
            return value;
        }
        if (secret || Types.anySecret(types)) {
            hidSecret = true;
            return null;
        }
        return switch (value) {
            case Json.Members members
            when !members.isEmpty() -> {
                TreeMap<String, Json> shown = new TreeMap<>();
                members.values().forEach((name, child) -> {
                    Json kept = visible(child, Types.step(types, Part.key(name)), false);
                    if (kept != null) {
                        shown.put(name, kept);
                    }
                });
                yield shown.isEmpty() ? null : new Json.Members(shown);
            }
            case Json.Items items
            when !items.values().isEmpty() -> {
                List<Json> shown = new ArrayList<>();
                for (int i = 0; i < items.values().size(); i++) {
                    Json kept = visible(items.values().get(i), Types.step(types, Part.index(i)), false);
                    if (kept != null) {
                        shown.add(kept);
                    }
                }
                yield shown.isEmpty() ? null : new Json.Items(shown);
            }
            default -> value;
        };
    }

    /** Step 4: a literal becomes an object around it, a placeholder is what was iterated over already. */
    private static Json wrapped(Json value, List<Part> suffix) {
        if (suffix.isEmpty()) {
            return value;
        }
        List<Part> rest = suffix.subList(1, suffix.size());
        Part part = suffix.getFirst();
        if (!part.isPlaceholder()) {
            return Json.Members.NONE.with(part.name(), wrapped(value, rest));
        }
        return switch (value) {
            case Json.Members members -> {
                TreeMap<String, Json> level = new TreeMap<>();
                members.values().forEach((name, child) -> level.put(name, wrapped(child, rest)));
                yield new Json.Members(level);
            }
            case Json.Items items ->
                new Json.Items(items.values().stream()
                        .map(child -> wrapped(child, rest))
                        .toList());
            default -> value;
        };
    }

    /** Step 5: maps by key, lists by index (or the later one), scalars the later one. */
    static Json merged(Json one, Json other, Profile profile) {
        return switch (one) {
            case Json.Members left
            when other instanceof Json.Members right -> {
                TreeMap<String, Json> all = new TreeMap<>(left.values());
                right.values().forEach((name, value) -> all.merge(name, value, (a, b) -> merged(a, b, profile)));
                yield new Json.Members(all);
            }
            case Json.Items left
            when other instanceof Json.Items right -> {
                if (profile == Profile.REGISTRY) {
                    yield right;
                }
                List<Json> all = new ArrayList<>(left.values());
                for (int i = 0; i < right.values().size(); i++) {
                    Json value = right.values().get(i);
                    if (i < all.size()) {
                        all.set(i, merged(all.get(i), value, profile));
                    } else {
                        all.add(value);
                    }
                }
                yield new Json.Items(all);
            }
            default -> {
                if (one.getClass() != other.getClass()) {
                    throw ConfigRefusal.STORAGE_MISMATCH.because(
                            "Rules that meet in one place give " + one.sort() + " and " + other.sort() + ".");
                }
                yield other;
            }
        };
    }
}
