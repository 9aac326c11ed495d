package dev.muster.config;

import dev.muster.registry.DeviceId;
import org.jspecify.annotations.Nullable;

/** What became of what a device should have of a registry, in its own words. */
public sealed interface WishOutcomeEvent {

    DeviceId device();

    RegistryId registry();

    /** Of the wish it speaks of. */
    String tag();

    @Nullable
    String message();

    record WishApplied(
            DeviceId device,
            RegistryId registry,
            String tag,
            @Nullable String message) implements WishOutcomeEvent {}

    record WishRefused(
            DeviceId device,
            RegistryId registry,
            String tag,
            @Nullable String message) implements WishOutcomeEvent {}

    /** The identifier of this history. */
    static String aggregateId(RegistryId registry, DeviceId device) {
        return "wish-outcome/" + registry + "/" + device;
    }
}
