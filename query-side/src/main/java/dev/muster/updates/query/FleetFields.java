package dev.muster.updates.query;

import dev.muster.registry.Origin;
import dev.muster.updates.DeviceAttributes;
import dev.muster.updates.DeviceView.Presence;
import dev.muster.updates.DeviceView.UpdateStatus;
import dev.muster.updates.ReleaseRef;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything of a device that filters and sorts may name. */
final class FleetFields {

    private static final String ATTRIBUTE = "attribute.";
    private static final String METADATA = "metadata.";
    private static final int KEY_LENGTH_MAX = 128;

    static final List<Field> ALL = List.of(
            Field.text("id", FieldKind.ID, device -> device.id.value(), "controllerid"),
            Field.text("name", FieldKind.TEXT, device -> device.name),
            Field.text("description", FieldKind.TEXT, device -> device.metadatum("description")),
            Field.text("group", FieldKind.TEXT, device -> device.group),
            Field.texts("tag", device -> device.tags),
            Field.text("address", FieldKind.TEXT, device -> device.address, "ipaddress"),
            Field.word("updatestatus", UpdateStatus.class, (device, sightings) -> device.updateStatus),
            Field.text("heldback", FieldKind.TEXT, device -> device.heldBack),
            Field.word("presence", Presence.class, (device, sightings) -> sightings.presence(device)),
            Field.word("origin", Origin.class, (device, sightings) -> device.origin),
            Field.time("createdat", (device, sightings) -> device.createdAt),
            Field.time("lastseen", (device, sightings) -> sightings.lastSeen(device), "lastcontrollerrequestat"),
            Field.text("hardware.model", FieldKind.TEXT, device -> device.attribute(DeviceAttributes.BOARD)),
            Field.text("hardware.revision", FieldKind.TEXT, device -> device.attribute(DeviceAttributes.REVISION)),
            installed("id", FieldKind.TEXT),
            installed("name", FieldKind.TEXT),
            installed("version", FieldKind.VERSION),
            assigned("id", FieldKind.TEXT),
            assigned("name", FieldKind.TEXT),
            assigned("version", FieldKind.VERSION));

    private static final Map<String, Field> BY_NAME = new HashMap<>();

    static {
        for (Field field : ALL) {
            BY_NAME.put(field.name(), field);
            field.aliases().forEach(alias -> BY_NAME.put(alias, field));
        }
    }

    private FleetFields() {}

    /** The field of this name in any case; keys after {@code attribute.} and {@code metadata.} are taken as they are. */
    static @Nullable Field named(String selector) {
        String lower = selector.toLowerCase(Locale.ROOT);
        if (lower.startsWith(ATTRIBUTE)) {
            return keyed(selector, ATTRIBUTE.length(), false);
        }
        if (lower.startsWith(METADATA)) {
            return keyed(selector, METADATA.length(), true);
        }
        return BY_NAME.get(lower);
    }

    private static @Nullable Field keyed(String selector, int prefix, boolean metadata) {
        String key = selector.substring(prefix);
        if (key.isEmpty() || key.length() > KEY_LENGTH_MAX) {
            return null;
        }
        return Field.text(
                selector, FieldKind.TEXT, metadata ? device -> device.metadatum(key) : device -> device.attribute(key));
    }

    private static Field installed(String part, FieldKind kind) {
        return Field.release("installed." + part, kind, device -> device.installed, part(part), "installedds." + part);
    }

    private static Field assigned(String part, FieldKind kind) {
        return Field.release("assigned." + part, kind, device -> device.assigned, part(part), "assignedds." + part);
    }

    private static java.util.function.Function<ReleaseRef, String> part(String part) {
        return switch (part) {
            case "id" -> ref -> ref.id().toString();
            case "name" -> ReleaseRef::name;
            default -> ReleaseRef::version;
        };
    }
}
