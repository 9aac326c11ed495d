package dev.muster.updates;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout is meant to do.
 *
 * @param name for people
 * @param release what is rolled out
 * @param filter RSQL over the fleet; the devices it hits at creation are the members
 * @param groups in order; their shares are percentages of all members, the last takes what is left
 * @param type urgency of the actions
 * @param forcedAt when a time-forced action becomes forced
 * @param weight 0 to 1000, or null for the maximum
 * @param window when devices may install, or null
 * @param confirm whether people at the devices must agree
 * @param startAt when to start by itself, or null for by hand
 * @param timeout silence after which a device counts as failed, or null for never
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
        @Nullable Duration timeout) {

    public static final int GROUPS_MAX = 500;
    public static final int CHUNK_MAX = 1000;

    public RolloutPlan {
        groups = List.copyOf(groups);
    }

    /**
     * @param name for people
     * @param percent share of all members, above 0 up to 100
     * @param successPercent share of the group that must succeed before the next group starts, 0 to 100
     * @param errorPercent the rollout pauses when more than this share of the group failed, 0 to 100
     */
    public record Group(String name, double percent, double successPercent, double errorPercent) {}
}
