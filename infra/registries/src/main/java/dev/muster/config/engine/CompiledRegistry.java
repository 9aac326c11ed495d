package dev.muster.config.engine;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Json;
import dev.muster.config.Profile;
import dev.muster.config.RegistrySchema;
import dev.muster.config.engine.View.Match;
import dev.muster.config.engine.View.Rule;
import dev.muster.kernel.Refused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A registry whose schema and views were read and checked. */
final class CompiledRegistry implements RegistrySchema {

    /** Characters of a databag's text; it lives in memory once for each device. */
    static final int DATABAG_LENGTH_MAX = 1 << 20;

    private final Profile profile;
    private final Type.ClosedMap storage;
    private final SortedMap<String, View> views;

    CompiledRegistry(Profile profile, Type.ClosedMap storage, SortedMap<String, View> views) {
        this.profile = profile;
        this.storage = storage;
        this.views = views;
    }

    @Override
    public SortedSet<String> views() {
        return new TreeSet<>(views.keySet());
    }

    private View view(String name) {
        View view = views.get(name);
        if (view == null) {
            throw ConfigRefusal.NO_VIEW.because("There is no view '" + name + "'.", Map.of("view", name));
        }
        return view;
    }

    @Override
    public Json read(
            Json.Members databag, String viewName, String request, Map<String, Json> constraints, boolean secrets) {
        View view = view(viewName);
        List<Part> path = request.isEmpty() ? List.of() : Requests.path(request, profile);
        List<Match> matches = ordered(Requests.matching(view, path, request, Rule::readable), path.size());
        onlyUsefulConstraints(view, matches, constraints);
        Reading reading = new Reading(profile, constraints, secrets);
        Json all = null;
        for (Match match : matches) {
            Json found = reading.found(databag, match, storage);
            if (found != null) {
                all = all == null ? found : Reading.merged(all, found, profile);
            }
        }
        if (all == null) {
            throw nothing(viewName, request, reading.hidSecret());
        }
        return all;
    }

    /** Of what two rules give for one place the later wins, so their order is part of the meaning. */
    private List<Match> ordered(List<Match> matches, int asked) {
        Comparator<Match> order = profile == Profile.CONFDB
                ? Comparator.comparing(match -> match.rule().request(), Part::comparePaths)
                : Comparator.comparing(match -> Part.text(match.rule()
                        .request()
                        .subList(asked, match.rule().request().size())));
        return matches.stream().sorted(order).toList();
    }

    private static void onlyUsefulConstraints(View view, List<Match> matches, Map<String, Json> constraints) {
        Set<String> useful = new HashSet<>();
        for (Match match : matches) {
            for (Part part : match.rule().storage()) {
                useful.addAll(part.filters().values());
                if (part.kind() == Part.Kind.SLOT) {
                    useful.add(part.name());
                }
            }
        }
        constraints.forEach((name, value) -> {
            if (value instanceof Json.Members || value instanceof Json.Items || value instanceof Json.Null) {
                throw ConfigRefusal.BAD_REQUEST.because("The constraint '" + name + "' is no scalar.");
            }
            if (!useful.contains(name)) {
                throw ConfigRefusal.UNMATCHED_CONSTRAINTS.because(
                        "Nothing asked for is constrained by '" + name + "'.");
            }
        });
        view.parameters().forEach((name, presence) -> {
            if (presence.onRead() && !constraints.containsKey(name)) {
                throw ConfigRefusal.UNCONSTRAINED.because("The view needs the constraint '" + name + "'.");
            }
        });
    }

    private static Refused nothing(String view, String request, boolean hidSecret) {
        return hidSecret
                ? ConfigRefusal.ONLY_SECRETS.because("All there is at '" + request + "' of '" + view + "' is secret.")
                : ConfigRefusal.NO_DATA.because(
                        "Nothing is stored at '" + request + "' of '" + view + "'.",
                        Map.of("view", view, "request", request));
    }

    @Override
    public Json.Members readAll(
            Json.Members databag, String view, List<String> requests, Map<String, Json> constraints, boolean secrets) {
        TreeMap<String, Json> found = new TreeMap<>();
        Refused last = null;
        for (String request : requests) {
            try {
                found.put(request, read(databag, view, request, constraints, secrets));
            } catch (Refused refused) {
                if (!passedOver(refused)) {
                    throw refused;
                }
                last = refused;
            }
        }
        if (found.isEmpty()) {
            throw last == null ? ConfigRefusal.BAD_REQUEST.because("No path was asked for.") : last;
        }
        return new Json.Members(found);
    }

    private boolean passedOver(Refused refused) {
        String code = refused.refusal().code();
        return code.equals(ConfigRefusal.NO_DATA.code())
                || (code.equals(ConfigRefusal.NO_MATCH.code()) && profile == Profile.REGISTRY);
    }

    @Override
    public Json.Members written(Json.Members databag, String viewName, Map<String, Json> values) {
        View view = view(viewName);
        if (values.isEmpty()) {
            throw ConfigRefusal.BAD_REQUEST.because("There is nothing to write.");
        }
        Placing placing = new Placing(databag, profile);
        for (Map.Entry<String, Json> pair : values.entrySet()) {
            Json value = pair.getValue();
            if (value instanceof Json.Null) {
                Writing.unset(placing, view, pair.getKey(), profile);
            } else {
                Writing.set(placing, view, pair.getKey(), value, profile);
            }
        }
        return placing.done();
    }

    @Override
    public void validate(Json.Members databag, boolean partial) {
        Validation.check(databag, storage, partial);
        if (databag.toString().length() > DATABAG_LENGTH_MAX) {
            throw ConfigRefusal.TOO_LARGE.because(
                    "A databag has at most " + DATABAG_LENGTH_MAX + " characters of JSON.");
        }
    }

    @Override
    public boolean isSecret(String path) {
        List<Part> parts = dotted(path);
        List<Type> types = List.of(storage);
        for (Part part : parts) {
            types = Types.step(types, part);
            if (Types.anySecret(types)) {
                return true;
            }
        }
        // A list changes as a whole, so one secret element makes it one.
        if (types.stream().anyMatch(type -> type instanceof Type.ListType list && Types.secretWithin(list))
                || hidesInList(parts, types)) {
            return true;
        }
        return views.values().stream()
                .flatMap(view -> view.rules().stream())
                .noneMatch(rule -> rule.readable() && overlap(rule.storage(), parts));
    }

    /**
     * Whether a list may stand at the path and something in it can be written that no view shows: told as a whole, it
     * would tell that too.
     */
    private boolean hidesInList(List<Part> path, List<Type> types) {
        boolean mayBe = types.stream().anyMatch(type -> type instanceof Type.ListType || type instanceof Type.AnyType);
        if (!mayBe) {
            return false;
        }
        List<Rule> meeting = views.values().stream()
                .flatMap(view -> view.rules().stream())
                .filter(rule -> overlap(rule.storage(), path))
                .toList();
        boolean list = types.stream().anyMatch(Type.ListType.class::isInstance)
                || meeting.stream()
                        .anyMatch(rule -> rule.storage().size() > path.size()
                                && rule.storage().get(path.size()).isBracketed());
        return list
                && meeting.stream()
                        .filter(Rule::writable)
                        .map(rule -> rule.storage().size() > path.size() ? rule.storage() : path)
                        .anyMatch(written -> meeting.stream()
                                .noneMatch(rule -> rule.readable() && showsAll(rule.storage(), written)));
    }

    /** Whether reading one path shows all that is at the other; a placeholder at the end shows all there is. */
    private static boolean showsAll(List<Part> read, List<Part> written) {
        int size = read.size();
        while (size > written.size() && read.get(size - 1).isPlaceholder()) {
            size--;
        }
        return size <= written.size() && overlap(read.subList(0, size), written);
    }

    @Override
    public boolean readsEphemeral(String viewName, String request) {
        List<Part> path = request.isEmpty() ? List.of() : Requests.path(request, profile);
        return Requests.matching(view(viewName), path, request, Rule::readable).stream()
                .anyMatch(match -> touchesEphemeral(match.storage()));
    }

    private boolean touchesEphemeral(List<Part> path) {
        List<Type> types = List.of(storage);
        for (Part part : path) {
            types = Types.step(types, part);
            if (Types.anyEphemeral(types)) {
                return true;
            }
        }
        return types.stream().anyMatch(Types::ephemeralWithin);
    }

    @Override
    public SortedSet<String> viewsThatSee(String path) {
        List<Part> parts = dotted(path);
        SortedSet<String> seeing = new TreeSet<>();
        for (View view : views.values()) {
            if (view.rules().stream().anyMatch(rule -> rule.readable() && overlap(rule.storage(), parts))) {
                seeing.add(view.name());
            }
        }
        return seeing;
    }

    private static boolean overlap(List<Part> rule, List<Part> path) {
        for (int i = 0; i < Math.min(rule.size(), path.size()); i++) {
            if (!rule.get(i).meets(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<Part> dotted(@Nullable String path) {
        List<Part> parts = new ArrayList<>();
        if (path != null && !path.isEmpty()) {
            for (String key : path.split("\\.", -1)) {
                parts.add(Part.key(key));
            }
        }
        return parts;
    }
}
