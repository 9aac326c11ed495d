package dev.muster.config.engine;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Json;
import dev.muster.config.Profile;
import dev.muster.config.SubKeys;
import dev.muster.config.engine.View.Match;
import dev.muster.config.engine.View.Rule;
import dev.muster.kernel.Refused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes a value apart by the rules it meets (contract §10) and writes the parts. */
final class Writing {

    /** Levels of a value, the innermost scalar counted. */
    static final int DEPTH_MAX = 64;

    /** Parts one value may fall into: rules times members. */
    static final int PLACES_MAX = 100_000;

    /** @param value null unsets */
    private record Place(List<Part> storage, @Nullable Json value) {}

    private final Profile profile;
    private final String asked;
    private final List<Place> places = new ArrayList<>();

    private Writing(Profile profile, String asked) {
        this.profile = profile;
        this.asked = asked;
    }

    static void set(Placing databag, View view, String request, Json value, Profile profile) {
        new Writing(profile, view.name() + "/" + request).set(databag, view, request, value);
    }

    private void set(Placing databag, View view, String request, Json value) {
        List<Part> path = Requests.path(request, profile);
        usable(value, 1);
        List<Match> matches = Requests.matching(view, path, request, Rule::writable);
        for (Match match : matches) {
            place(match.storage(), match.suffix(), value, false);
        }
        if (!consumed(value, matches.stream().map(Match::suffix).toList())) {
            throw bad("no rule takes all of the value");
        }
        places.sort(Comparator.comparing(Place::storage, Part::comparePaths));
        for (Place place : places) {
            Json part = place.value();
            if (part == null || part instanceof Json.Null) {
                databag.remove(place.storage());
            } else {
                databag.put(place.storage(), part);
            }
        }
    }

    static void unset(Placing databag, View view, String request, Profile profile) {
        List<Match> matches = Requests.matching(view, Requests.path(request, profile), request, Rule::writable);
        matches.stream().map(Match::storage).sorted(Part::comparePaths).forEach(databag::remove);
    }

    /** Step 1: what no databag could hold. */
    private void usable(Json value, int depth) {
        if (depth > DEPTH_MAX) {
            throw bad("the value has more than " + DEPTH_MAX + " levels");
        }
        switch (value) {
            case Json.Members members -> {
                nonEmpty(members.isEmpty());
                members.values().forEach((name, child) -> {
                    if (!SubKeys.fits(name)) {
                        throw bad("'" + Requests.shown(name) + "' is no name of a member");
                    }
                    usable(child, depth + 1);
                });
            }
            case Json.Items items -> {
                nonEmpty(items.values().isEmpty());
                items.values().forEach(child -> usable(child, depth + 1));
            }
            default -> {}
        }
    }

    private void nonEmpty(boolean empty) {
        if (empty && profile == Profile.CONFDB) {
            throw bad("the value has an empty object or list; unset the path instead");
        }
    }

    /** Step 3: walks what the request left open down into the value. */
    private void place(List<Part> storage, List<Part> suffix, Json value, boolean inList) {
        if (inList && value instanceof Json.Null) {
            throw bad("an element of a list is null, or has a null where a rule goes on");
        }
        if (suffix.isEmpty()) {
            add(storage, value);
            return;
        }
        Part part = suffix.getFirst();
        List<Part> rest = suffix.subList(1, suffix.size());
        if (value instanceof Json.Null && profile == Profile.CONFDB) {
            add(storage, null);
        } else if (part.kind() == Part.Kind.KEY && value instanceof Json.Members members) {
            Json member = members.get(part.name());
            if (member != null) {
                place(storage, rest, member, inList);
            } else if (profile == Profile.REGISTRY || inList) {
                // In a list the other elements would move up, so half an element is none.
                throw bad("the member '" + part.name() + "' is missing");
            } else {
                add(storage, null);
            }
        } else if (part.kind() == Part.Kind.SLOT && value instanceof Json.Members members) {
            members.values()
                    .forEach((name, child) -> place(filled(storage, part, Part.key(name)), rest, child, inList));
        } else if (part.kind() == Part.Kind.INDEX_SLOT && value instanceof Json.Items items) {
            for (int i = 0; i < items.values().size(); i++) {
                place(filled(storage, part, Part.index(i)), rest, items.values().get(i), true);
            }
        } else {
            throw bad("where '" + part + "' is, the value is " + value.sort());
        }
    }

    private void add(List<Part> storage, @Nullable Json value) {
        if (places.size() == PLACES_MAX) {
            throw bad("the value falls into more than " + PLACES_MAX + " parts");
        }
        places.add(new Place(storage, value));
    }

    private static List<Part> filled(List<Part> storage, Part placeholder, Part value) {
        Map<String, Part> bound = new HashMap<>();
        bound.put(placeholder.name(), value);
        return View.filled(storage, bound);
    }

    /** Step 4: every leaf lies below the end of some suffix. */
    private boolean consumed(Json value, List<List<Part>> suffixes) {
        if (suffixes.isEmpty()) {
            return false;
        }
        if (suffixes.stream().anyMatch(List::isEmpty)) {
            return true;
        }
        return switch (value) {
            case Json.Members members ->
                members.values().entrySet().stream()
                        .allMatch(m -> consumed(m.getValue(), tails(suffixes, Part.key(m.getKey()))));
            case Json.Items items ->
                items.values().stream().allMatch(child -> consumed(child, tails(suffixes, Part.index(0))));
            case Json.Null ignored -> profile == Profile.CONFDB;
            default -> false;
        };
    }

    private static List<List<Part>> tails(List<List<Part>> suffixes, Part step) {
        return suffixes.stream()
                .filter(suffix -> suffix.getFirst().meets(step))
                .map(suffix -> suffix.subList(1, suffix.size()))
                .toList();
    }

    private Refused bad(String why) {
        return ConfigRefusal.BAD_REQUEST.because("Cannot set '" + Requests.shown(asked) + "': " + why + ".");
    }
}
