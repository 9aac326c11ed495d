package dev.muster.updates;

import dev.muster.staging.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout is meant to do.
 *
 * @param name for people
 * @param release what is rolled out
 * @param filter RSQL over the fleet; the devices it hits at creation are the members, and later ones where the policy has them join
 * @param groups in order; their shares are percentages of all members, the last takes what is left
 * @param type urgency of the actions
 * @param forcedAt when a time-forced action becomes forced
 * @param weight 0 to 1000, or null for the maximum
 * @param window when devices may install, or null
 * @param confirm whether people at the devices must agree
 * @param startAt when to start by itself, or null for by hand
 * @param timeout silence after which a device counts as failed, or null for never
 * @param policy how careful it is beyond that, or null for {@link RolloutPolicy#NONE}
 */
public record RolloutPlan(
        String name,
        ReleaseRef release,
        String filter,
        List<Group> groups,
        ActionType type,
        @Nullable Instant forcedAt,
        @Nullable Integer weight,
        @Nullable MaintenanceWindow window,
        boolean confirm,
        @Nullable Instant startAt,
        @Nullable Duration timeout,
        @Nullable RolloutPolicy policy) {

    public RolloutPlan {
        groups = List.copyOf(groups);
    }

    /** The policy, {@link RolloutPolicy#NONE} where the plan has none. */
    public RolloutPolicy care() {
        return policy == null ? RolloutPolicy.NONE : policy;
    }
}
