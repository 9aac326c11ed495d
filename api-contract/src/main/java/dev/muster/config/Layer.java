package dev.muster.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.registry.DeviceId;
import dev.muster.registry.DeviceLimits;
import java.util.Locale;

/**
 * Whose databag it is. What a device should have is laid in layers: its own wishes over those of a running rollout over
 * its groups' over the fleet's. As text, in history and in paths of aggregates, it is {@code fleet}, {@code
 * group/<name>}, {@code staged/<rollout id>}, {@code device/<id>} or {@code actual/<id>}.
 *
 * @param name the device's id, the rollout's or the group's name; empty for the fleet
 */
public record Layer(Kind kind, String name) implements Comparable<Layer> {

    private static final int ROLLOUT_LENGTH_MAX = 64;

    /** In order of precedence, the weakest first. */
    public enum Kind {
        FLEET,
        GROUP,
        /** What a running rollout of configuration wants for the devices it has reached. */
        STAGED,
        DEVICE,
        /** What the device has: the databag its own programs read and write. */
        ACTUAL;

        private final String word = name().toLowerCase(Locale.ROOT);
    }

    public Layer {
        boolean fits =
                switch (kind) {
                    case FLEET -> name.isEmpty();
                    case GROUP -> isGroup(name);
                    case STAGED -> isRollout(name);
                    case DEVICE, ACTUAL -> new DeviceId(name).value().equals(name);
                };
        if (!fits) {
            throw ConfigRefusal.LAYER_INVALID.about("name", "'" + name + "' names no such layer.");
        }
    }

    public static Layer fleet() {
        return new Layer(Kind.FLEET, "");
    }

    /** @param name of a group of devices, which may be a path such as {@code site/line} */
    public static Layer group(String name) {
        return new Layer(Kind.GROUP, name);
    }

    /** @param rollout its id */
    public static Layer staged(String rollout) {
        return new Layer(Kind.STAGED, rollout);
    }

    public static Layer device(DeviceId device) {
        return new Layer(Kind.DEVICE, device.value());
    }

    public static Layer actual(DeviceId device) {
        return new Layer(Kind.ACTUAL, device.value());
    }

    /** The layer that is written like this; refuses what is none. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Layer of(String text) {
        int slash = text.indexOf('/');
        String word = slash < 0 ? text : text.substring(0, slash);
        for (Kind kind : Kind.values()) {
            if (kind.word.equals(word) && (kind == Kind.FLEET) == (slash < 0)) {
                return new Layer(kind, slash < 0 ? "" : text.substring(slash + 1));
            }
        }
        throw ConfigRefusal.LAYER_INVALID.because("'" + text + "' is no layer.");
    }

    /** Whether the registry's group of this name can have wishes; one with control characters cannot. */
    static boolean isGroup(String name) {
        return !name.isEmpty()
                && name.length() <= DeviceLimits.GROUP_LENGTH_MAX
                && name.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isRollout(String id) {
        return !id.isEmpty()
                && id.length() <= ROLLOUT_LENGTH_MAX
                && id.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    /** A wish may be a part of the whole; what a device has must be whole. */
    public boolean isWish() {
        return kind != Kind.ACTUAL;
    }

    /** Whether it is one device's: its wishes, or what it has. */
    public boolean isOfDevice() {
        return kind == Kind.DEVICE || kind == Kind.ACTUAL;
    }

    /** Whose key its secrets are sealed with: a device has one for all of its databags. */
    public String keyOwner() {
        return switch (kind) {
            case FLEET -> "fleet";
            case GROUP -> "group/" + name;
            case STAGED -> "staged/" + name;
            case DEVICE, ACTUAL -> "device/" + name;
        };
    }

    @Override
    public int compareTo(Layer other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : name.compareTo(other.name);
    }

    @Override
    @JsonValue
    public String toString() {
        return name.isEmpty() ? kind.word : kind.word + "/" + name;
    }
}
