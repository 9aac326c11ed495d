package dev.muster.updates.bundles;

import dev.muster.updates.Hardware;
import dev.muster.updates.bundles.Links.Place;
import dev.muster.updates.bundles.libconfig.Libconfig;
import dev.muster.updates.bundles.libconfig.LibconfigSyntaxException;
import dev.muster.updates.bundles.libconfig.Setting;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes sense of a {@code sw-description}. Below {@code software} there may be boards, below these software sets, and
 * below those modes; the compatibility stands on the first three levels, files may stand on any (SWUpdate
 * documentation, "SWUpdate: syntax and tags").
 */
final class DescriptionReader {

    private static final int TEXT_MAX = 256;
    private static final int DESCRIPTION_MAX = 16 * 1024;
    private static final String COMPATIBILITY = "hardware-compatibility";
    private static final String PATTERN_PREFIX = "#RE:";

    private final BundleSettings settings;
    private final Warnings warnings = new Warnings();
    private final SequencedSet<Hardware> compatibility = new LinkedHashSet<>();
    private final Links links;
    private final DescribedFiles files;
    private final Place root;

    private DescriptionReader(Setting.Group root, BundleSettings settings) {
        this.settings = settings;
        this.root = new Place(List.of(), root);
        this.links = new Links(root, warnings, settings.linksMax());
        this.files = new DescribedFiles(links, warnings);
    }

    /** Reads the bytes of the description. Throws {@link dev.muster.kernel.Refused} when it cannot be understood. */
    static SwDescription read(byte[] text, BundleSettings settings) {
        return new DescriptionReader(parsed(text), settings).read();
    }

    private static Setting.Group parsed(byte[] text) {
        if (JsonDescription.looksLikeJson(text)) {
            return JsonDescription.parse(text);
        }
        try {
            return Libconfig.parse(text);
        } catch (LibconfigSyntaxException e) {
            throw Bundles.broken("The sw-description cannot be read: %s.".formatted(e.getMessage()));
        }
    }

    private SwDescription read() {
        Place software = links.member(root, "software");
        if (software == null || !(software.setting() instanceof Setting.Group)) {
            throw Bundles.broken("The sw-description has no group 'software'.");
        }
        String version = text(software, "version");
        if (version == null) {
            throw Bundles.broken("The sw-description has no 'software.version'.");
        }
        String name = text(software, "name");
        String description = text(software, "description");
        readCompatibility(software);
        files.collect(software);
        return new SwDescription(
                name == null || name.isEmpty() ? null : checked(name, "software.name"),
                checked(version, "software.version"),
                description == null ? null : cut(description, warnings),
                List.copyOf(compatibility),
                files.parts(),
                warnings.list());
    }

    private void readCompatibility(Place software) {
        addRevisions(software, Hardware.ANY);
        for (String board : groups(software)) {
            Place boardPlace = links.member(software, board);
            if (boardPlace == null) {
                continue;
            }
            addRevisions(boardPlace, board);
            for (String set : groups(boardPlace)) {
                Place setPlace = links.member(boardPlace, set);
                if (setPlace != null) {
                    addRevisions(setPlace, board);
                }
            }
        }
        if (compatibility.isEmpty()) {
            warnings.add("The sw-description names no hardware-compatibility; most devices refuse such a bundle.");
        }
    }

    private void addRevisions(Place group, String model) {
        Place place = links.member(group, COMPATIBILITY);
        if (place == null) {
            return;
        }
        List<Setting> revisions =
                switch (place.setting()) {
                    case Setting.Array(var values) -> values;
                    case Setting.Items(var values) -> values;
                    default -> throw Bundles.broken("'%s' must be a list of strings.".formatted(COMPATIBILITY));
                };
        for (Setting revision : revisions) {
            if (!(revision instanceof Setting.Text(String text)) || text.isEmpty()) {
                throw Bundles.broken("'%s' must be a list of strings.".formatted(COMPATIBILITY));
            }
            if (text.startsWith(PATTERN_PREFIX)) {
                warnings.add(
                        "The revision %s is a pattern for SWUpdate; here only a device that reports exactly this fits."
                                .formatted(Quoted.text(text)));
            }
            compatibility.add(new Hardware(checked(model, "board"), checked(text, COMPATIBILITY)));
            if (compatibility.size() > settings.compatibilityMax()) {
                throw Bundles.broken("The sw-description names more than %d boards and revisions."
                        .formatted(settings.compatibilityMax()));
            }
        }
    }

    private static List<String> groups(Place group) {
        if (!(group.setting() instanceof Setting.Group(var members))) {
            return List.of();
        }
        return members.entrySet().stream()
                .filter(member -> member.getValue() instanceof Setting.Group)
                .map(Map.Entry::getKey)
                .filter(name -> !DescribedFiles.isSection(name))
                .toList();
    }

    private @Nullable String text(Place software, String name) {
        Place place = links.member(software, name);
        if (place == null) {
            return null;
        }
        if (!(place.setting() instanceof Setting.Text(String text))) {
            throw Bundles.broken("'software.%s' must be a string in quotes.".formatted(name));
        }
        return text;
    }

    /** No more of a free text than an operator reads. */
    static String cut(String description, Warnings warnings) {
        if (description.length() <= DESCRIPTION_MAX) {
            return description;
        }
        warnings.add("Of the bundle's description only the first %d characters are kept.".formatted(DESCRIPTION_MAX));
        boolean splitsPair = Character.isHighSurrogate(description.charAt(DESCRIPTION_MAX - 1));
        return description.substring(0, splitsPair ? DESCRIPTION_MAX - 1 : DESCRIPTION_MAX);
    }

    /** A short text that may be shown and compared. */
    static String checked(String text, String what) {
        if (text.isBlank() || text.length() > TEXT_MAX || text.chars().anyMatch(Character::isISOControl)) {
            throw Bundles.broken("'%s' must have 1 to %d characters and no control characters: %s."
                    .formatted(what, TEXT_MAX, Quoted.text(text)));
        }
        return text;
    }
}
