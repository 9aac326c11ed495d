package dev.muster.apps.query;

import dev.muster.apps.AgentReadings;
import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The last reading of each device; at most as many as there are agents, for only they are heard. */
public final class AgentReadingsInMemory implements AgentReadings {

    private final Map<DeviceId, Reading> readings = new ConcurrentHashMap<>();

    @Override
    public void heard(DeviceId device, Stats stats, Instant at) {
        readings.put(device, new Reading(at, stats));
    }

    @Override
    public @Nullable Reading last(DeviceId device) {
        return readings.get(device);
    }

    @Override
    public void forget(DeviceId device) {
        readings.remove(device);
    }
}
