package dev.muster.config;

import dev.muster.registry.DeviceId;
import org.jspecify.annotations.Nullable;

/** What devices said last of what they should have, in memory on each node. */
@FunctionalInterface
public interface WishOutcomes {

    /** Tag of the wish that the device said to have applied; null when that is not its last word. */
    @Nullable
    String appliedTag(RegistryId registry, DeviceId device);
}
