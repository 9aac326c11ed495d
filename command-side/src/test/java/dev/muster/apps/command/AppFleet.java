package dev.muster.apps.command;

import static dev.muster.apps.command.AppHouse.device;

import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Devices of the registry that tests name; every filter hits all of them. */
final class AppFleet implements DeviceDirectory {

    private final TreeMap<DeviceId, DeviceFacts> devices = new TreeMap<>();

    void hit(String... ids) {
        for (String id : ids) {
            devices.put(
                    device(id),
                    new DeviceFacts(
                            device(id),
                            id,
                            null,
                            List.of(),
                            Map.of(),
                            Map.of(),
                            null,
                            null,
                            Origin.OPERATOR,
                            false,
                            false));
        }
    }

    @Override
    public @Nullable DeviceFacts facts(DeviceId id) {
        return devices.get(id);
    }

    @Override
    public List<DeviceFacts> matchingFacts(@Nullable String rsql) {
        return List.copyOf(devices.values());
    }
}
