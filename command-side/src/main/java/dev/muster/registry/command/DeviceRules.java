package dev.muster.registry.command;

import dev.muster.registry.DeviceLimits;
import dev.muster.registry.RegistryRefusal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What names, groups, tags, metadata and attributes of a device must look like. */
final class DeviceRules {

    static final int TAGS_MAX = 50;
    static final int TAG_LENGTH_MAX = 64;
    static final int METADATA_MAX = 100;
    static final int METADATA_VALUE_LENGTH_MAX = 4096;

    private DeviceRules() {}

    static String aName(String name) {
        if (name.isBlank() || name.length() > DeviceLimits.NAME_LENGTH_MAX || hasControls(name)) {
            throw RegistryRefusal.NAME_INVALID.about("name", "The name is empty, too long or has control characters.");
        }
        return name;
    }

    static void aGroup(String group) {
        if (group.length() > DeviceLimits.GROUP_LENGTH_MAX || hasControls(group)) {
            throw RegistryRefusal.GROUP_INVALID.about("group", "The group is too long or has control characters.");
        }
    }

    static void someTags(List<String> tags) {
        if (tags.size() > TAGS_MAX
                || tags.stream().anyMatch(tag -> tag.isBlank() || tag.length() > TAG_LENGTH_MAX || hasControls(tag))) {
            throw RegistryRefusal.TAGS_INVALID.about("tags", "There are too many tags, or one is empty or too long.");
        }
    }

    static void someMetadata(Map<String, String> metadata) {
        boolean broken = metadata.size() > METADATA_MAX
                || metadata.entrySet().stream()
                        .anyMatch(e -> e.getKey().isBlank()
                                || e.getKey().length() > DeviceLimits.NAME_LENGTH_MAX
                                || hasControls(e.getKey())
                                || e.getValue().length() > METADATA_VALUE_LENGTH_MAX);
        if (broken) {
            throw RegistryRefusal.METADATA_INVALID.about("metadata", "The metadata are too many or too long.");
        }
    }

    /** Any printable text: hawkBit's narrower character set is a fault we do not repeat. */
    static void anAttribute(String key, @Nullable String value) {
        if (key.isEmpty() || !DeviceLimits.isAttribute(key)) {
            throw RegistryRefusal.ATTRIBUTES_INVALID.because("An attribute key is empty, too long or not printable.");
        }
        if (value != null && !DeviceLimits.isAttribute(value)) {
            throw RegistryRefusal.ATTRIBUTES_INVALID.because(
                    "The value of attribute '" + key + "' is too long or not printable.");
        }
    }

    private static boolean hasControls(String text) {
        return !DeviceLimits.isPrintable(text);
    }
}
