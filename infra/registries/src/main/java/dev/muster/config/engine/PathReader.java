package dev.muster.config.engine;

import dev.muster.config.Profile;
import dev.muster.config.SubKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Reads paths (contract §6): keys joined by dots, brackets attached to what they follow. */
final class PathReader {

    static final int PARTS_MAX = 64;

    private static final int LENGTH_MAX = 4096;

    /** Where a path stands decides what may be in it. */
    enum Place {
        USER,
        REQUEST,
        STORAGE
    }

    private final String text;
    private final Place place;
    private final Profile profile;
    private final List<Part> parts = new ArrayList<>();
    private int at;

    private PathReader(String text, Place place, Profile profile) {
        this.text = text;
        this.place = place;
        this.profile = profile;
    }

    /** @throws PathFault when it is none; an empty text is none either */
    static List<Part> read(String text, Place place, Profile profile) {
        if (text.length() > LENGTH_MAX) {
            throw new PathFault("a path has at most " + LENGTH_MAX + " characters");
        }
        return new PathReader(text, place, profile).path();
    }

    private List<Part> path() {
        while (true) {
            add(named());
            while (at < text.length() && text.charAt(at) == '[') {
                bracket();
            }
            if (at == text.length()) {
                return List.copyOf(parts);
            }
            if (text.charAt(at) != '.') {
                throw new PathFault("a dot is missing in '" + text + "'");
            }
            at++;
        }
    }

    private Part named() {
        int end = at;
        while (end < text.length() && ".[".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String word = text.substring(at, end);
        at = end;
        return word.startsWith("{") ? Part.slot(placeholder(word)) : Part.key(checked(word));
    }

    private void bracket() {
        int end = text.indexOf(']', at);
        if (end < 0) {
            throw new PathFault("']' is missing in '" + text + "'");
        }
        String inner = text.substring(at + 1, end);
        at = end + 1;
        if (profile == Profile.REGISTRY) {
            throw new PathFault("'" + text + "' has brackets, which this profile does not know");
        }
        if (inner.startsWith(".")) {
            filter(inner.substring(1));
        } else if (inner.startsWith("{")) {
            add(Part.indexSlot(placeholder(inner)));
        } else {
            add(Part.index(index(inner)));
        }
    }

    private void filter(String filter) {
        int equals = filter.indexOf('=');
        if (place != Place.STORAGE || equals < 0) {
            throw new PathFault("'" + text + "' has a filter that cannot be there");
        }
        Part last = parts.removeLast();
        TreeMap<String, String> filters = new TreeMap<>(last.filters());
        String field = checked(filter.substring(0, equals));
        if (filters.put(field, placeholder(filter.substring(equals + 1))) != null) {
            throw new PathFault("'" + text + "' filters the field '" + field + "' twice");
        }
        parts.add(last.filteredBy(filters));
    }

    private String placeholder(String word) {
        if (place == Place.USER) {
            throw new PathFault("'" + text + "' has a placeholder; give a name in its place");
        }
        if (word.length() < 2 || !word.startsWith("{") || !word.endsWith("}")) {
            throw new PathFault("'" + word + "' is no placeholder");
        }
        return checked(word.substring(1, word.length() - 1));
    }

    private int index(String digits) {
        boolean number = !digits.isEmpty()
                && digits.length() <= 9
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
        if (!number) {
            throw new PathFault("'[" + digits + "]' is no index");
        }
        if (place != Place.USER) {
            throw new PathFault("'" + text + "' has a literal index; a rule has '[{n}]'");
        }
        return Integer.parseInt(digits);
    }

    private String checked(String word) {
        if (!SubKeys.fits(word)) {
            throw new PathFault(word.isEmpty() ? "'" + text + "' has an empty part" : "'" + word + "' is no name");
        }
        return word;
    }

    private void add(Part part) {
        if (parts.size() == PARTS_MAX) {
            throw new PathFault("a path has at most " + PARTS_MAX + " parts");
        }
        parts.add(part);
    }
}
