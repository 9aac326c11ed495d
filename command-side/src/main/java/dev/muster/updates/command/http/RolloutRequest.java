package dev.muster.updates.command.http;

import dev.muster.staging.command.http.GroupRequest;
import dev.muster.updates.ActionType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rollout to plan.
 *
 * @param filter RSQL over the fleet; or
 * @param feed short for the filter {@code metadata.feed==<feed>}
 * @param groups explicit groups; or
 * @param groupCount that many groups of equal share (default 1) with the thresholds below
 * @param timeout silence after which a device counts as failed; default 24 h
 */
public record RolloutRequest(
        @Nullable String name,
        @Nullable String releaseId,
        @Nullable String filter,
        @Nullable String feed,
        @Nullable List<GroupRequest> groups,
        @Nullable Integer groupCount,
        @Nullable Double successPercent,
        @Nullable Double errorPercent,
        @Nullable ActionType type,
        @Nullable Instant forcedAt,
        @Nullable Integer weight,
        @Nullable WindowRequest window,
        @Nullable Boolean confirm,
        @Nullable Instant startAt,
        @Nullable Duration timeout) {}
