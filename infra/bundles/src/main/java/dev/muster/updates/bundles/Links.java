package dev.muster.updates.bundles;

import dev.muster.updates.bundles.libconfig.Libconfig;
import dev.muster.updates.bundles.libconfig.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds settings in a description and follows its links. A group {@code { ref = "#./path"; }} stands for the setting
 * at that path, which starts beside the group: {@code .} is the level on which the group stands, {@code ..} the one
 * above, and a path without either in front starts at the root (SWUpdate documentation, "Handling links").
 */
final class Links {

    /** A setting and where it stands; elements of lists have the path of their list. */
    record Place(List<String> path, Setting setting) {
        Place child(String name, Setting child) {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            return new Place(longer, child);
        }
    }

    private final Setting.Group root;
    private final Warnings warnings;
    private final int placesMax;
    private int places;

    Links(Setting.Group root, Warnings warnings, int placesMax) {
        this.root = root;
        this.warnings = warnings;
        this.placesMax = placesMax;
    }

    /** The named member of a group, links followed; null when there is none or its link leads nowhere. */
    @Nullable
    Place member(Place group, String name) {
        if (!(group.setting() instanceof Setting.Group(var members))) {
            return null;
        }
        Setting member = members.get(name);
        return member == null ? null : follow(group.child(name, member));
    }

    /** The setting itself, or what its link, and that one's link, lead to. */
    @Nullable
    Place follow(Place start) {
        Place place = start;
        Set<List<String>> seen = new HashSet<>();
        while (true) {
            // Links can multiply what is looked at far beyond the size of the text, so the looks are counted.
            if (++places > placesMax) {
                throw Bundles.broken("The sw-description leads to more than %d places.".formatted(placesMax));
            }
            if (!(place.setting() instanceof Setting.Group(var members))
                    || !(members.get("ref") instanceof Setting.Text(String link))) {
                return place;
            }
            List<String> target = target(place.path(), link);
            if (target == null) {
                warnings.add("The link %s in the sw-description cannot be followed.".formatted(Quoted.text(link)));
                return null;
            }
            if (!seen.add(target)) {
                throw Bundles.broken(
                        "The link %s in the sw-description goes in a circle.".formatted(Quoted.text(link)));
            }
            Setting found = lookup(target);
            if (found == null) {
                warnings.add("The link %s in the sw-description leads nowhere.".formatted(Quoted.text(link)));
                return null;
            }
            place = new Place(target, found);
        }
    }

    private static @Nullable List<String> target(List<String> from, String link) {
        if (!link.startsWith("#") || link.length() < 3) {
            return null;
        }
        List<String> path = new ArrayList<>(from.subList(0, Math.max(0, from.size() - 1)));
        boolean first = true;
        for (String step : link.substring(1).split("/")) {
            if (step.isEmpty()) {
                continue;
            }
            if (step.equals("..")) {
                if (path.isEmpty()) {
                    return null;
                }
                path.removeLast();
            } else if (!step.equals(".")) {
                if (first) {
                    path.clear();
                }
                path.add(step);
            }
            if (path.size() > Libconfig.DEPTH_MAX) {
                return null;
            }
            first = false;
        }
        return path;
    }

    private @Nullable Setting lookup(List<String> path) {
        Setting setting = root;
        for (String name : path) {
            if (!(setting instanceof Setting.Group(var members))) {
                return null;
            }
            Setting member = members.get(name);
            if (member == null) {
                return null;
            }
            setting = member;
        }
        return setting;
    }
}
