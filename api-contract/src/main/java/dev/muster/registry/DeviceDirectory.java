package dev.muster.registry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every capability may ask of the fleet: who a device is, and which devices match a filter. */
public interface DeviceDirectory {

    @Nullable
    DeviceFacts facts(DeviceId id);

    /** All matching devices by ascending id; null or blank RSQL matches all. Refuses a broken filter. */
    List<DeviceFacts> matchingFacts(@Nullable String rsql);

    /**
     * @param address where the device was last heard from, or null
     * @param software name and version it confirmed to run, e.g. {@code os 1.2.0}, or null
     * @param contacted whether it was ever heard through the update protocol
     */
    record DeviceFacts(
            DeviceId id,
            String name,
            @Nullable String group,
            List<String> tags,
            Map<String, String> attributes,
            Map<String, String> metadata,
            @Nullable String address,
            @Nullable String software,
            Origin origin,
            boolean hasToken,
            boolean contacted) {}
}
