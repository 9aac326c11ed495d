package dev.muster.updates.command.http;

import dev.muster.staging.command.http.GroupRequest;
import dev.muster.updates.ActionType;
import dev.muster.updates.RolloutPolicy;
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
 * @param approval whether a second person must agree before it starts; the settings may ask for it, too
 * @param rate devices in a minute; default as fast as can be
 * @param retry how often a failed device is tried again; default never
 * @param healthyWithin within which time an installed device must report the release's version; default never
 * @param joining lets devices that match later join; default nobody joins
 * @param rollback which devices get back what they had when too many fail; default none, the rollout pauses
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
        @Nullable Duration timeout,
        @Nullable Boolean approval,
        @Nullable RateRequest rate,
        @Nullable RetryRequest retry,
        @Nullable Duration healthyWithin,
        @Nullable JoiningRequest joining,
        RolloutPolicy.@Nullable Rollback rollback) {

    /** Meanings as in {@link RolloutPolicy.Rate}. */
    public record RateRequest(
            @Nullable Integer perMinute,
            @Nullable Double growth,
            @Nullable Integer perMinuteMax) {}

    /**
     * Meanings as in {@link RolloutPolicy.Retry}.
     *
     * @param times default 1
     * @param after default 10 minutes
     * @param factor default 2
     */
    public record RetryRequest(
            @Nullable Integer times,
            @Nullable Duration after,
            @Nullable Double factor) {}

    /**
     * Meanings as in {@link RolloutPolicy.Joining}.
     *
     * @param groupSize default 100
     * @param successPercent default that of the rollout
     * @param errorPercent default that of the rollout
     */
    public record JoiningRequest(
            @Nullable Integer groupSize,
            @Nullable Double successPercent,
            @Nullable Double errorPercent) {}
}
