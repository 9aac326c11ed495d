package dev.muster.apps;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.registry.DeviceId;
import dev.muster.registry.DeviceLimits;
import java.util.Locale;

/**
 * Where somebody wants an app: in a whole project, in a group of devices and those below it, or on one device. What is
 * said nearer to a device beats what is said farther from it. As text {@code project/<key>}, {@code group/<path>},
 * {@code device/<id>}.
 *
 * @param name the project's key, the group's path, the device's id
 */
public record Place(Kind kind, String name) implements Comparable<Place> {

    /** In order of precedence, the weakest first. */
    public enum Kind {
        PROJECT,
        GROUP,
        DEVICE;

        private final String word = name().toLowerCase(Locale.ROOT);
    }

    public Place {
        boolean fits =
                switch (kind) {
                    case PROJECT -> isKey(name);
                    case GROUP ->
                        !name.isEmpty()
                                && name.length() <= DeviceLimits.GROUP_LENGTH_MAX
                                && name.chars().noneMatch(Character::isISOControl);
                    case DEVICE -> new DeviceId(name).value().equals(name);
                };
        if (!fits) {
            throw AppsRefusal.PLACE_INVALID.because("'" + name + "' names no such place.");
        }
    }

    public static Place project(ProjectKey key) {
        return new Place(Kind.PROJECT, key.toString());
    }

    /** @param path of a group of devices, such as {@code site/line} */
    public static Place group(String path) {
        return new Place(Kind.GROUP, path);
    }

    public static Place device(DeviceId device) {
        return new Place(Kind.DEVICE, device.value());
    }

    /** The place that is written like this; refuses what is none. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Place of(String text) {
        int slash = text.indexOf('/');
        for (Kind each : Kind.values()) {
            if (slash >= 0 && each.word.equals(text.substring(0, slash))) {
                return new Place(each, text.substring(slash + 1));
            }
        }
        throw AppsRefusal.PLACE_INVALID.because("'" + text + "' is no place.");
    }

    private static boolean isKey(String text) {
        return !text.isEmpty()
                && text.length() <= 16
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && text.charAt(0) != '0';
    }

    /** Whose key its secrets are sealed with: a device has one for all that is secret about it. */
    public String keyOwner() {
        return kind == Kind.DEVICE ? "device/" + name : "app-place/" + this;
    }

    @Override
    public int compareTo(Place other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : name.compareTo(other.name);
    }

    @Override
    @JsonValue
    public String toString() {
        return kind.word + "/" + name;
    }
}
