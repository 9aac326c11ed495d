package dev.muster.config.engine;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One step of a path.
 *
 * @param name of the key or placeholder, empty for an index
 * @param index of an {@link Kind#INDEX}, else -1
 * @param filters field → parameter it must equal, on what this step leads to
 */
record Part(Kind kind, String name, int index, SortedMap<String, String> filters) {

    enum Kind {
        /** {@code foo} */
        KEY,
        /** {@code {foo}} */
        SLOT,
        /** {@code [3]} */
        INDEX,
        /** {@code [{foo}]} */
        INDEX_SLOT
    }

    private static final SortedMap<String, String> NO_FILTERS = new TreeMap<>();

    static Part key(String name) {
        return new Part(Kind.KEY, name, -1, NO_FILTERS);
    }

    static Part slot(String name) {
        return new Part(Kind.SLOT, name, -1, NO_FILTERS);
    }

    static Part index(int index) {
        return new Part(Kind.INDEX, "", index, NO_FILTERS);
    }

    static Part indexSlot(String name) {
        return new Part(Kind.INDEX_SLOT, name, -1, NO_FILTERS);
    }

    Part filteredBy(SortedMap<String, String> wanted) {
        return new Part(kind, name, index, wanted);
    }

    boolean isPlaceholder() {
        return kind == Kind.SLOT || kind == Kind.INDEX_SLOT;
    }

    boolean isBracketed() {
        return kind == Kind.INDEX || kind == Kind.INDEX_SLOT;
    }

    /** Whether this step of a rule can be that step of another path, placeholders taking anything of their kind. */
    boolean meets(Part other) {
        if (isBracketed() != other.isBracketed()) {
            return false;
        }
        return isPlaceholder() || other.isPlaceholder() || (name.equals(other.name) && index == other.index);
    }

    /** The order writes and reads happen in: placeholders first, then by index or alphabet. */
    static int compare(Part one, Part other) {
        if (one.isPlaceholder() != other.isPlaceholder()) {
            return one.isPlaceholder() ? -1 : 1;
        }
        int byName = one.name.compareTo(other.name);
        return byName != 0 ? byName : Integer.compare(one.index, other.index);
    }

    /** Part by part; the shorter first when one is the beginning of the other. */
    static int comparePaths(List<Part> one, List<Part> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int byPart = compare(one.get(i), other.get(i));
            if (byPart != 0) {
                return byPart;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    static String text(List<Part> parts) {
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            if (!out.isEmpty() && !part.isBracketed()) {
                out.append('.');
            }
            out.append(part);
        }
        return out.toString();
    }

    @Override
    public String toString() {
        String step =
                switch (kind) {
                    case KEY -> name;
                    case SLOT -> "{" + name + "}";
                    case INDEX -> "[" + index + "]";
                    case INDEX_SLOT -> "[{" + name + "}]";
                };
        return filters.entrySet().stream()
                .map(f -> "[." + f.getKey() + "={" + f.getValue() + "}]")
                .collect(Collectors.joining("", step, ""));
    }
}
