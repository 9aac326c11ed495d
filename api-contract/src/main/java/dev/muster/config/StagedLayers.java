package dev.muster.config;

import dev.muster.registry.DeviceId;
import org.jspecify.annotations.Nullable;

/**
 * Which running rollout of configuration has reached a device: its wishes lie over the groups' and below the device's
 * own.
 */
@FunctionalInterface
public interface StagedLayers {

    /** There are no rollouts. */
    StagedLayers NONE = (registry, device) -> null;

    /** Null when none has reached it. Asked on every poll: from memory, without waiting. */
    @Nullable
    Layer of(RegistryId registry, DeviceId device);

    /**
     * Tells when {@link #of} begins to answer otherwise. Without it devices learn of a rollout with their next poll,
     * but those who wait hear nothing.
     */
    default AutoCloseable onChange(Wishes.Change change) {
        return () -> {};
    }
}
