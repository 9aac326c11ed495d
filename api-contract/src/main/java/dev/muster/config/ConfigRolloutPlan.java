package dev.muster.config;

import dev.muster.staging.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout of configuration is meant to do. Its values are not here, for they may be secret: they are in the
 * databag of the rollout's own layer.
 *
 * @param name for people
 * @param profile that the values were read by
 * @param view that the values were given through
 * @param requests the paths that were given values, without them
 * @param target the layer that has the values in the end: the fleet's or a group's
 * @param filter RSQL over the fleet; the devices it hits at creation are the members
 * @param groups in order
 * @param startAt when to start by itself, or null for by hand
 * @param timeout silence after which a device counts as failed, or null for never
 */
public record ConfigRolloutPlan(
        String name,
        RegistryId registry,
        Profile profile,
        String view,
        List<String> requests,
        Layer target,
        String filter,
        List<Group> groups,
        @Nullable Instant startAt,
        @Nullable Duration timeout) {

    public ConfigRolloutPlan {
        requests = List.copyOf(requests);
        groups = List.copyOf(groups);
    }

    /** Where the values go in the end. */
    public DatabagId targetId() {
        return new DatabagId(registry, target);
    }
}
