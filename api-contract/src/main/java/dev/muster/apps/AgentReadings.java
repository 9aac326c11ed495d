package dev.muster.apps;

import dev.muster.registry.DeviceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What agents measure, with every heartbeat: readings, not facts. In memory; a restart forgets them. */
public interface AgentReadings {

    /** Cheap, never blocks. */
    void heard(DeviceId device, Stats stats, Instant at);

    @Nullable
    Reading last(DeviceId device);

    /** The device is no longer ours. */
    void forget(DeviceId device);

    /** @param at when it was heard */
    record Reading(Instant at, Stats stats) {}

    /**
     * Bytes, but for the processors: how many there are and percent used.
     *
     * @param dockerAppsMounted whether apps have a file system of their own
     */
    record Stats(
            int cpuCount,
            double cpuUsage,
            long memoryTotal,
            long memoryUsed,
            long memoryAvailable,
            long storageTotal,
            long storageUsed,
            long storageFree,
            long dockerAppsTotal,
            long dockerAppsUsed,
            long dockerAppsFree,
            boolean dockerAppsMounted) {}
}
