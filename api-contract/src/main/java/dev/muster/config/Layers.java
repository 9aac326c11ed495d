package dev.muster.config;

import java.util.List;
import java.util.TreeMap;

/**
 * What a device should have, laid over one another: the fleet's wishes, its groups' in order of their names, its own. A
 * later layer's values win; objects are laid over one another member by member, everything else as a whole.
 */
public final class Layers {

    private Layers() {}

    /** @param weakestFirst the values of the layers, the fleet's first */
    public static Json.Members over(List<Json.Members> weakestFirst) {
        Json.Members all = Json.Members.NONE;
        for (Json.Members layer : weakestFirst) {
            all = over(all, layer);
        }
        return all;
    }

    private static Json.Members over(Json.Members below, Json.Members above) {
        TreeMap<String, Json> all = new TreeMap<>(below.values());
        above.values()
                .forEach((name, value) -> all.merge(
                        name,
                        value,
                        (weak, strong) -> weak instanceof Json.Members low && strong instanceof Json.Members high
                                ? over(low, high)
                                : strong));
        return new Json.Members(all);
    }

    /**
     * Storage paths, in order, of what is wished and not so: values that differ or are missing. What a device has beyond
     * its wishes is its own affair.
     */
    public static List<String> drift(Json.Members wished, Json.Members actual) {
        List<String> paths = new java.util.ArrayList<>();
        drift(wished, actual, "", paths);
        return paths;
    }

    private static void drift(Json.Members wished, Json.Members actual, String path, List<String> paths) {
        wished.values().forEach((name, value) -> {
            String below = path.isEmpty() ? name : path + "." + name;
            Json has = actual.get(name);
            if (value instanceof Json.Members deeper && has instanceof Json.Members deep) {
                drift(deeper, deep, below, paths);
            } else if (!value.equals(has)) {
                paths.add(below);
            }
        });
    }
}
