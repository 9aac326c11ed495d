package dev.muster.apps;

import dev.muster.staging.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout of a release is meant to do.
 *
 * @param name for people
 * @param version a release of the app
 * @param target how members should have it; null when only those take part that should have the app anyway
 * @param place that stays with the release in the end: a project or a group
 * @param filter RSQL over the fleet; the enrolled devices it hits at creation are the members
 * @param groups in order
 * @param startAt when to start by itself, or null for by hand
 * @param timeout silence after which a device counts as failed, or null for never
 * @param account of whoever planned it
 */
public record AppRolloutPlan(
        String name,
        AppKey app,
        String version,
        @Nullable AppTarget target,
        Place place,
        String filter,
        List<Group> groups,
        @Nullable Instant startAt,
        @Nullable Duration timeout,
        long account) {

    public AppRolloutPlan {
        groups = List.copyOf(groups);
    }
}
