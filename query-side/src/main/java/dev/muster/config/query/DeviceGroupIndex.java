package dev.muster.config.query;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.DeviceGroups;
import dev.muster.config.Layer;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceEvent;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.DeviceGrouped;
import dev.muster.registry.DeviceEvent.DeviceRegistered;
import dev.muster.registry.DeviceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * Who is in which group, folded from the registry's events. A device's layers are one list that all of its group share,
 * so a hundred thousand devices cost a reference each.
 */
public final class DeviceGroupIndex implements Fold, DeviceGroups {

    private final Map<DeviceId, List<Layer>> layers = new ConcurrentHashMap<>();
    private final Map<String, NavigableSet<DeviceId>> members = new ConcurrentHashMap<>();
    private final Map<String, List<Layer>> shared = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "device-groups";
    }

    @Override
    public void apply(Recorded recorded) {
        if (!(recorded.event() instanceof DeviceEvent event)) {
            return;
        }
        switch (event) {
            case DeviceRegistered e -> put(e.deviceId(), e.group());
            case DeviceGrouped e -> {
                if (knows(e.deviceId())) {
                    put(e.deviceId(), e.group());
                }
            }
            case DeviceDecommissioned e -> leave(e.deviceId(), layers.remove(e.deviceId()));
            default -> {
                // Nothing else of a device says where it belongs.
            }
        }
    }

    private void put(DeviceId device, @Nullable String group) {
        List<Layer> now = group == null ? List.of() : shared.computeIfAbsent(group, DeviceGroupIndex::layersOf);
        leave(device, layers.put(device, now));
        for (Layer each : now) {
            members.computeIfAbsent(each.name(), any -> new ConcurrentSkipListSet<>())
                    .add(device);
        }
    }

    private void leave(DeviceId device, @Nullable List<Layer> before) {
        if (before == null) {
            return;
        }
        for (Layer each : before) {
            NavigableSet<DeviceId> there = members.get(each.name());
            if (there != null) {
                there.remove(device);
            }
        }
    }

    /** A group that cannot have wishes has none; the wider ones around it may. */
    private static List<Layer> layersOf(String group) {
        List<Layer> layers = new ArrayList<>();
        for (int slash = group.indexOf('/'); slash >= 0; slash = group.indexOf('/', slash + 1)) {
            add(layers, group.substring(0, slash));
        }
        add(layers, group);
        return List.copyOf(layers);
    }

    private static void add(List<Layer> layers, String group) {
        try {
            layers.add(Layer.group(group));
        } catch (Refused refused) {
            // Whatever was once stored as a group must not stop the fold.
            if (!refused.refusal().code().equals(ConfigRefusal.LAYER_INVALID.code())) {
                throw refused;
            }
        }
    }

    @Override
    public boolean knows(DeviceId device) {
        return layers.containsKey(device);
    }

    @Override
    public List<Layer> of(DeviceId device) {
        return layers.getOrDefault(device, List.of());
    }

    @Override
    public Collection<DeviceId> in(String group) {
        NavigableSet<DeviceId> there = members.get(group);
        return there == null ? List.of() : Collections.unmodifiableNavigableSet(there);
    }

    @Override
    public Collection<DeviceId> all() {
        return Collections.unmodifiableCollection(layers.keySet());
    }
}
