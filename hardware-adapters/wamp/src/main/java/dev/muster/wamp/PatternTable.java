package dev.muster.wamp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Things under patterns of URIs. Prefixes are looked up once for each length that occurs, wildcards are compared one by
 * one with those of as many parts: there are few of either.
 *
 * @param <T> one for each pattern and way to match
 */
final class PatternTable<T> {

    private record Wildcard<T>(String[] parts, T thing) {

        boolean matches(String[] uri) {
            for (int i = 0; i < parts.length; i++) {
                if (!parts[i].isEmpty() && !parts[i].equals(uri[i])) {
                    return false;
                }
            }
            return true;
        }

        /** Whether it says more than another that matches as well: what is said further to the left counts more. */
        boolean isCloserThan(Wildcard<T> other) {
            for (int i = 0; i < parts.length; i++) {
                if (parts[i].isEmpty() != other.parts[i].isEmpty()) {
                    return !parts[i].isEmpty();
                }
            }
            return false;
        }
    }

    private final Map<String, T> exact = new HashMap<>();
    /** By their length. */
    private final TreeMap<Integer, Map<String, T>> prefixes = new TreeMap<>();
    /** By their number of parts. */
    private final Map<Integer, Map<String, Wildcard<T>>> wildcards = new HashMap<>();

    @Nullable
    T get(String uri, Match match) {
        return switch (match) {
            case EXACT -> exact.get(uri);
            case PREFIX -> prefixes.getOrDefault(uri.length(), Map.of()).get(uri);
            case WILDCARD -> {
                Wildcard<T> found =
                        wildcards.getOrDefault(parts(uri).length, Map.of()).get(uri);
                yield found == null ? null : found.thing;
            }
        };
    }

    void put(String uri, Match match, T thing) {
        switch (match) {
            case EXACT -> exact.put(uri, thing);
            case PREFIX ->
                prefixes.computeIfAbsent(uri.length(), length -> new HashMap<>())
                        .put(uri, thing);
            case WILDCARD -> {
                String[] parts = parts(uri);
                wildcards
                        .computeIfAbsent(parts.length, count -> new LinkedHashMap<>())
                        .put(uri, new Wildcard<>(parts, thing));
            }
        }
    }

    void remove(String uri, Match match) {
        switch (match) {
            case EXACT -> exact.remove(uri);
            case PREFIX -> prefixes.computeIfPresent(uri.length(), (length, all) -> without(all, uri));
            case WILDCARD -> wildcards.computeIfPresent(parts(uri).length, (count, all) -> without(all, uri));
        }
    }

    private static <V> @Nullable Map<String, V> without(Map<String, V> all, String uri) {
        all.remove(uri);
        return all.isEmpty() ? null : all;
    }

    /** All under a pattern that this URI matches: the exact one, prefixes from the shortest on, wildcards. */
    List<T> matching(String uri) {
        List<T> found = new ArrayList<>(2);
        T one = exact.get(uri);
        if (one != null) {
            found.add(one);
        }
        prefixes.headMap(uri.length(), true).forEach((length, all) -> {
            T prefix = all.get(uri.substring(0, length));
            if (prefix != null) {
                found.add(prefix);
            }
        });
        matchingWildcards(uri, wildcard -> found.add(wildcard.thing));
        return found;
    }

    /** The one that says most about this URI (WAMP §11.3.8): exact, else the longest prefix, else a wildcard. */
    @Nullable
    T closest(String uri) {
        T one = exact.get(uri);
        if (one != null) {
            return one;
        }
        for (Map.Entry<Integer, Map<String, T>> each :
                prefixes.headMap(uri.length(), true).descendingMap().entrySet()) {
            T prefix = each.getValue().get(uri.substring(0, each.getKey()));
            if (prefix != null) {
                return prefix;
            }
        }
        List<Wildcard<T>> closest = new ArrayList<>(1);
        matchingWildcards(uri, wildcard -> {
            if (closest.isEmpty() || wildcard.isCloserThan(closest.getFirst())) {
                closest.clear();
                closest.add(wildcard);
            }
        });
        return closest.isEmpty() ? null : closest.getFirst().thing;
    }

    private void matchingWildcards(String uri, Consumer<Wildcard<T>> found) {
        if (wildcards.isEmpty()) {
            return;
        }
        String[] parts = parts(uri);
        for (Wildcard<T> wildcard :
                wildcards.getOrDefault(parts.length, Map.of()).values()) {
            if (wildcard.matches(parts)) {
                found.accept(wildcard);
            }
        }
    }

    /** The URIs under which something is, of one way to match. */
    void forEach(Match match, Consumer<T> consumer) {
        switch (match) {
            case EXACT -> exact.values().forEach(consumer);
            case PREFIX -> prefixes.values().forEach(all -> all.values().forEach(consumer));
            case WILDCARD ->
                wildcards.values().forEach(all -> all.values().forEach(each -> consumer.accept(each.thing)));
        }
    }

    private static String[] parts(String uri) {
        return uri.split("\\.", -1);
    }
}
