package dev.muster.registry.command;

import dev.muster.registry.DeviceCommand.ChangeDevice;
import dev.muster.registry.DeviceCommand.Mode;
import dev.muster.registry.DeviceCommand.RegisterDevice;
import dev.muster.registry.DeviceCommand.ReportAttributes;
import dev.muster.registry.DeviceEvent;
import dev.muster.registry.DeviceEvent.AttributesReported;
import dev.muster.registry.DeviceEvent.DeviceDescribed;
import dev.muster.registry.DeviceEvent.DeviceGrouped;
import dev.muster.registry.DeviceEvent.DeviceRegistered;
import dev.muster.registry.DeviceEvent.DeviceRenamed;
import dev.muster.registry.DeviceEvent.DeviceTagged;
import dev.muster.registry.DeviceLimits;
import dev.muster.registry.RegistryRefusal;
import dev.muster.registry.command.DeviceState.Present;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What follows from a command about a device: events, none, or a refusal. */
final class DeviceDecision {

    private DeviceDecision() {}

    static List<DeviceEvent> register(RegisterDevice c, DeviceState state) {
        String name = c.name() == null ? shortened(c.deviceId().value()) : DeviceRules.aName(c.name());
        if (c.group() != null) {
            DeviceRules.aGroup(c.group());
        }
        DeviceRules.someTags(c.tags());
        DeviceRules.someMetadata(c.metadata());
        DeviceRegistered event = new DeviceRegistered(
                c.deviceId(),
                name,
                c.group(),
                List.copyOf(c.tags()),
                Map.copyOf(c.metadata()),
                c.address(),
                c.tokenDigest(),
                c.origin());
        if (state instanceof Present known) {
            if (saidBefore(event, known)) {
                return List.of();
            }
            throw RegistryRefusal.DEVICE_EXISTS.because("There is a device '" + c.deviceId() + "' already.");
        }
        return List.of(event);
    }

    /** The same words; a token only if it is the one the device has, for it is never replaced by the way. */
    private static boolean saidBefore(DeviceRegistered again, Present known) {
        DeviceRegistered before = known.registered();
        boolean sameToken = again.tokenDigest() == null || again.tokenDigest().equals(known.tokenDigest());
        return sameToken && withoutToken(again).equals(withoutToken(before));
    }

    private static DeviceRegistered withoutToken(DeviceRegistered e) {
        return new DeviceRegistered(
                e.deviceId(), e.name(), e.group(), e.tags(), e.metadata(), e.address(), null, e.origin());
    }

    static List<DeviceEvent> change(ChangeDevice c, Present known) {
        List<DeviceEvent> events = new ArrayList<>();
        if (c.name() != null && !DeviceRules.aName(c.name()).equals(known.name())) {
            events.add(new DeviceRenamed(c.deviceId(), c.name()));
        }
        if (c.group() != null) {
            DeviceRules.aGroup(c.group());
            String group = c.group().isEmpty() ? null : c.group();
            if (!java.util.Objects.equals(group, known.group())) {
                events.add(new DeviceGrouped(c.deviceId(), group));
            }
        }
        if (c.tags() != null) {
            DeviceRules.someTags(c.tags());
            List<String> tags = c.tags().stream().distinct().sorted().toList();
            if (!tags.equals(known.tags().stream().sorted().toList())) {
                events.add(new DeviceTagged(c.deviceId(), tags));
            }
        }
        if (c.metadata() != null) {
            Map<String, String> merged = merged(known.metadata(), c.metadata());
            DeviceRules.someMetadata(merged);
            if (!merged.equals(known.metadata())) {
                events.add(new DeviceDescribed(c.deviceId(), merged));
            }
        }
        return events;
    }

    static List<DeviceEvent> report(ReportAttributes c, Present known) {
        c.attributes().forEach((key, value) -> {
            if (c.mode() != Mode.REMOVE) {
                DeviceRules.anAttribute(key, value);
            }
        });
        Map<String, String> after =
                switch (c.mode()) {
                    case MERGE -> merged(known.attributes(), c.attributes());
                    case REPLACE -> merged(Map.of(), c.attributes());
                    case REMOVE -> {
                        Map<String, String> rest = new TreeMap<>(known.attributes());
                        rest.keySet().removeAll(c.attributes().keySet());
                        yield rest;
                    }
                };
        if (after.size() > DeviceLimits.ATTRIBUTES_MAX) {
            throw RegistryRefusal.TOO_MANY_ATTRIBUTES.because(
                    "The device would have " + after.size() + " attributes.",
                    Map.of("limit", DeviceLimits.ATTRIBUTES_MAX));
        }
        // An answered request is a fact even when nothing changed: the device need not be asked again.
        return after.equals(known.attributes()) && !c.asked()
                ? List.of()
                : List.of(new AttributesReported(c.deviceId(), after));
    }

    private static Map<String, String> merged(
            Map<String, String> before, Map<String, @org.jspecify.annotations.Nullable String> changes) {
        Map<String, String> after = new TreeMap<>(before);
        changes.forEach((key, value) -> {
            if (value == null) {
                after.remove(key);
            } else {
                after.put(key, value);
            }
        });
        return after;
    }

    /** A name for a device that has told none; ids may be longer than names. */
    private static String shortened(String id) {
        return id.length() <= DeviceLimits.NAME_LENGTH_MAX ? id : id.substring(0, DeviceLimits.NAME_LENGTH_MAX);
    }
}
