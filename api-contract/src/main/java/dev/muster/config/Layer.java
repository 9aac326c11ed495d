package dev.muster.config;

import dev.muster.registry.DeviceId;

/**
 * Whose databag it is. What a device should have is laid in layers: its own wishes over its groups' over the fleet's.
 *
 * @param name the device's id or the group's name; empty for the fleet
 */
public record Layer(Kind kind, String name) {

    /** In order of precedence, the weakest first. */
    public enum Kind {
        FLEET,
        GROUP,
        DEVICE,
        /** What the device has: the databag its own programs read and write. */
        ACTUAL
    }

    public Layer {
        boolean fits =
                switch (kind) {
                    case FLEET -> name.isEmpty();
                    case GROUP -> SubKeys.fits(name);
                    case DEVICE, ACTUAL -> new DeviceId(name).value().equals(name);
                };
        if (!fits) {
            throw ConfigRefusal.LAYER_INVALID.about("name", "'" + name + "' names no such layer.");
        }
    }

    public static Layer fleet() {
        return new Layer(Kind.FLEET, "");
    }

    public static Layer group(String name) {
        return new Layer(Kind.GROUP, name);
    }

    public static Layer device(DeviceId device) {
        return new Layer(Kind.DEVICE, device.value());
    }

    public static Layer actual(DeviceId device) {
        return new Layer(Kind.ACTUAL, device.value());
    }

    /** A wish may be a part of the whole; what a device has must be whole. */
    public boolean isWish() {
        return kind != Kind.ACTUAL;
    }

    /** Whose key its secrets are sealed with: a device has one for all of its databags. */
    public String keyOwner() {
        return switch (kind) {
            case FLEET -> "fleet";
            case GROUP -> "group/" + name;
            case DEVICE, ACTUAL -> "device/" + name;
        };
    }

    @Override
    public String toString() {
        String word = kind.name().toLowerCase(java.util.Locale.ROOT);
        return name.isEmpty() ? word : word + "/" + name;
    }
}
