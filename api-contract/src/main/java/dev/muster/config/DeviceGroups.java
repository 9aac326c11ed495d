package dev.muster.config;

import dev.muster.registry.DeviceId;
import java.util.Collection;
import java.util.List;

/**
 * Which devices there are and which groups' wishes are theirs, in memory on each node. A device's group is a path: one
 * in {@code site/line} has the wishes of {@code site} and, over those, of {@code site/line}.
 */
public interface DeviceGroups {

    /** Whether the device is registered now. */
    boolean knows(DeviceId device);

    /** Layers of its groups, the widest first, which is the order of their names; none for an unknown device. */
    List<Layer> of(DeviceId device);

    /** Devices in this group or in one below it, by id. */
    Collection<DeviceId> in(String group);

    /** All registered devices, in no order. */
    Collection<DeviceId> all();
}
