package dev.muster.config;

import dev.muster.registry.DeviceId;
import org.jspecify.annotations.Nullable;

/**
 * What devices should have, in memory on each node: the fleet's wishes, those of a device's groups in order of their
 * names, those of a running rollout that has reached it, and its own, the later over the earlier.
 */
public interface Wishes {

    /**
     * As it is now; what no layer says anything about is no wish. Nothing of it changes later: the same wish is the
     * same object, also for other devices with the same layers.
     */
    Wish of(RegistryId registry, DeviceId device);

    /** Tells of changes until it is closed. What is told may turn out to concern nobody: compare tags. */
    AutoCloseable onChange(Change change);

    /** Somebody who wants to know. Called on the thread that reads the log: do nothing slow there. */
    @FunctionalInterface
    interface Change {

        /** @param device whose wish may be another one now; null: that of any device */
        void changed(RegistryId registry, @Nullable DeviceId device);
    }
}
