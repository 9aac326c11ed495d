package dev.muster.updates.bundles;

import dev.muster.updates.bundles.Links.Place;
import dev.muster.updates.bundles.SwDescription.Part;
import dev.muster.updates.bundles.libconfig.Setting;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the files that a description names: {@code software[.board[.set[.mode]]].section}. */
final class DescribedFiles {

    private static final int LEVELS = 3;
    private static final List<String> SECTIONS = List.of("images", "files", "scripts", "bootenv", "uboot");
    private static final List<String> OTHER_SECTIONS = List.of("partitions", "vars");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    private final Links links;
    private final Warnings warnings;
    private final SequencedSet<Part> parts = new LinkedHashSet<>();

    DescribedFiles(Links links, Warnings warnings) {
        this.links = links;
        this.warnings = warnings;
    }

    /** Whether a group of this name is a list of things to install, not a board, a set or a mode. */
    static boolean isSection(String name) {
        return SECTIONS.contains(name) || OTHER_SECTIONS.contains(name);
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }

    void collect(Place software) {
        collect(software, 0);
    }

    private void collect(Place group, int level) {
        if (!(group.setting() instanceof Setting.Group(var members))) {
            return;
        }
        for (Map.Entry<String, Setting> member : members.entrySet()) {
            boolean section = isSection(member.getKey());
            if (!section && (level == LEVELS || !(member.getValue() instanceof Setting.Group))) {
                continue;
            }
            Place place = links.follow(group.child(member.getKey(), member.getValue()));
            if (place == null) {
                continue;
            }
            if (!section) {
                collect(place, level + 1);
            } else if (SECTIONS.contains(member.getKey())) {
                elements(place, member.getKey(), 0);
            }
        }
    }

    /** An element may be a link to further elements, but no deeper than the levels of the description. */
    private void elements(Place section, String name, int hops) {
        List<Setting> elements =
                switch (section.setting()) {
                    case Setting.Items(var values) -> values;
                    case Setting.Group(var members) when members.containsKey("filename") -> List.of(section.setting());
                    case Setting.Group(var members) -> List.copyOf(members.values());
                    default -> List.of();
                };
        for (Setting element : elements) {
            Place place = links.follow(new Place(section.path(), element));
            if (place == null) {
                continue;
            }
            if (place.setting() instanceof Setting.Group(var members) && !members.containsKey("ref")) {
                add(members, name);
            } else if (place.setting() != element && hops < LEVELS) {
                elements(place, name, hops + 1);
            }
        }
    }

    private void add(Map<String, Setting> element, String section) {
        String file = text(element, "filename");
        if (file == null || file.isEmpty()) {
            return;
        }
        String sha256 = text(element, "sha256");
        if (sha256 != null && !SHA256.matcher(sha256).matches()) {
            warnings.add("The sha256 of %s is not 64 hexadecimal digits; SWUpdate ignores it, and so does this check."
                    .formatted(Quoted.text(file)));
            sha256 = null;
        }
        parts.add(new Part(
                file,
                sha256 == null ? null : sha256.toLowerCase(Locale.ROOT),
                type(element, section),
                encrypted(element)));
    }

    private static @Nullable String type(Map<String, Setting> element, String section) {
        String type = text(element, "type");
        return switch (section) {
            case "images" -> type;
            case "files" -> type == null ? "rawfile" : type;
            case "scripts" -> "script:" + (type == null ? "lua" : type);
            default -> "bootenv";
        };
    }

    /** Either a boolean, or the name of the cipher. */
    private static boolean encrypted(Map<String, Setting> element) {
        return switch (element.get("encrypted")) {
            case Setting.Truth(boolean value) -> value;
            case Setting.Text _ -> true;
            case null, default -> false;
        };
    }

    private static @Nullable String text(Map<String, Setting> element, String name) {
        return element.get(name) instanceof Setting.Text(String value) ? value : null;
    }
}
