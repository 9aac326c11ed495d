package dev.muster.registry;

import java.time.Instant;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * When devices were last heard. A poll is a reading, not a fact: it is gathered in memory and lands beside the views
 * as one bulk write a second, so it may lose its last second in a crash. Only a change becomes an event.
 */
public interface Heartbeats {

    /** Cheap and lock-free: called on every contact of every device. */
    void heard(DeviceId deviceId, Instant at);

    @Nullable
    Instant lastHeard(DeviceId deviceId);

    /** Visits every device that was ever heard. */
    void forEach(BiConsumer<DeviceId, Instant> visitor);
}
