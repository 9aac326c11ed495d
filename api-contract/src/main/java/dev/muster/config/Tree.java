package dev.muster.config;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Values in objects by dotted path, copied on write. An empty path is the whole. */
public final class Tree {

    private Tree() {}

    public static @Nullable Json at(Json.Members root, String path) {
        Json value = root;
        for (String key : parts(path)) {
            value = value instanceof Json.Members members ? members.get(key) : null;
            if (value == null) {
                return null;
            }
        }
        return value;
    }

    /** Objects on the way are made; anything else in the way gives way. */
    public static Json.Members with(Json.Members root, String path, Json value) {
        return with(root, parts(path), value);
    }

    private static Json.Members with(Json.Members node, List<String> parts, Json value) {
        String key = parts.getFirst();
        if (parts.size() == 1) {
            return node.with(key, value);
        }
        Json.Members below = node.get(key) instanceof Json.Members members ? members : Json.Members.NONE;
        return node.with(key, with(below, parts.subList(1, parts.size()), value));
    }

    /** What became empty stays as an empty object. */
    public static Json.Members without(Json.Members root, String path) {
        return without(root, parts(path));
    }

    private static Json.Members without(Json.Members node, List<String> parts) {
        String key = parts.getFirst();
        if (parts.size() == 1) {
            return node.without(key);
        }
        return node.get(key) instanceof Json.Members below
                ? node.with(key, without(below, parts.subList(1, parts.size())))
                : node;
    }

    /** Whether one is the other or lies inside it. */
    public static boolean overlap(String one, String other) {
        return one.equals(other) || inside(one, other) || inside(other, one);
    }

    /** Whether {@code deep} lies below {@code high}. */
    public static boolean inside(String deep, String high) {
        return deep.length() > high.length() && deep.startsWith(high) && deep.charAt(high.length()) == '.';
    }

    /** The one of these paths that is this one or has it inside; null for none. */
    public static @Nullable String around(SortedMap<String, ?> paths, String path) {
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            String above = path.substring(0, dot);
            if (paths.containsKey(above)) {
                return above;
            }
        }
        return paths.containsKey(path) ? path : null;
    }

    /** Whether one of these paths {@linkplain #overlap overlaps} with this one. */
    public static boolean anyOverlaps(SortedMap<String, ?> paths, String path) {
        return around(paths, path) != null || !inside(paths, path).isEmpty();
    }

    /** Takes away all of these paths that overlap with this one. */
    public static void removeOverlapping(SortedMap<String, ?> paths, String path) {
        inside(paths, path).clear();
        for (String known = around(paths, path); known != null; known = around(paths, path)) {
            paths.remove(known);
        }
    }

    /** Those that lie below; in the order of texts they stand together, for '/' comes right after '.'. */
    private static SortedMap<String, ?> inside(SortedMap<String, ?> paths, String path) {
        return paths.subMap(path + ".", path + "/");
    }

    static List<String> parts(String path) {
        return path.isEmpty() ? List.of() : List.of(path.split("\\.", -1));
    }
}
