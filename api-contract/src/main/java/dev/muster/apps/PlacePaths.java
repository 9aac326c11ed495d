package dev.muster.apps;

/** Places in paths of URLs: a group's path is one segment there, so its slashes are written {@code ~1}. */
public final class PlacePaths {

    private PlacePaths() {}

    /** @param name with {@code ~1} for a slash and {@code ~0} for a tilde */
    public static Place group(String name) {
        return Place.group(name.replace("~1", "/").replace("~0", "~"));
    }

    /** As {@link #group} reads it. */
    public static String written(Place place) {
        String name = place.name();
        return switch (place.kind()) {
            case PROJECT -> "projects/" + name;
            case GROUP -> "groups/" + name.replace("~", "~0").replace("/", "~1");
            case DEVICE -> "devices/" + name;
        };
    }
}
