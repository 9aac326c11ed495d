package dev.muster.updates;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How carefully a rollout goes about it. Whatever is null is not asked for.
 *
 * @param approval whether a second person must agree before it may start
 * @param rate how fast devices are offered the release, or null for as fast as can be
 * @param retry how often a failed device is tried again before it counts as failed, or null for never
 * @param healthyWithin after a device said that it installed the release it must report the release's version within
 *     this time, or it counts as failed; null takes its first word for it
 * @param joining how devices that match later take part, or null when the members are those at creation
 * @param rollback which devices get back what they had when too many fail, or null for none
 * @param retryOf the members are the devices that failed in this rollout, or null
 */
public record RolloutPolicy(
        boolean approval,
        @Nullable Rate rate,
        @Nullable Retry retry,
        @Nullable Duration healthyWithin,
        @Nullable Joining joining,
        @Nullable Rollback rollback,
        @Nullable RolloutId retryOf) {

    /** No more care than groups and thresholds. */
    public static final RolloutPolicy NONE = new RolloutPolicy(false, null, null, null, null, null, null);

    /**
     * Devices that are offered the release in a minute, counted for each group from its start.
     *
     * @param perMinute in the first minute, 1 to 1 000 000
     * @param growth factor from each minute to the next, 1 to 10, or null for 1
     * @param perMinuteMax where growing ends, or null for no end
     */
    public record Rate(
            int perMinute,
            @Nullable Double growth,
            @Nullable Integer perMinuteMax) {

        public static final int PER_MINUTE_MAX = 1_000_000;

        /** Devices in a minute of the group's time, counted from 0; a paused rollout's time stands still. */
        public int in(long minute) {
            double grown = perMinute * Math.pow(growth == null ? 1 : growth, minute);
            int most = perMinuteMax == null ? PER_MINUTE_MAX : Math.min(PER_MINUTE_MAX, perMinuteMax);
            return (int) Math.max(1, Math.min(most, Math.floor(grown)));
        }
    }

    /**
     * A failed device is tried again.
     *
     * @param times how often, 1 to 10, beside the first try
     * @param after wait before the first retry, 1 second to 30 days
     * @param factor how much longer each further wait is, 1 to 10
     */
    public record Retry(int times, Duration after, double factor) {

        /** The wait before the try that follows this one, counted from 1; at most 30 days. */
        public Duration waitAfter(int attempt) {
            double millis = after.toMillis() * Math.pow(factor, Math.max(0, attempt - 1));
            return Duration.ofMillis((long) Math.min(millis, Duration.ofDays(30).toMillis()));
        }
    }

    /**
     * Devices that match after the members were frozen join in further groups of this shape, which follow the planned
     * ones one after the other, with the same brakes. So do those that matched before and that no planned group took.
     *
     * @param groupSize devices in one group, 1 to 100 000
     * @param successPercent as {@link dev.muster.staging.Group}, of {@code groupSize}
     * @param errorPercent as {@link dev.muster.staging.Group}, of {@code groupSize}
     */
    public record Joining(int groupSize, double successPercent, double errorPercent) {}

    /** Who gets back what it had before. */
    public enum Rollback {
        /** Those on which it failed. */
        FAILED,
        /** All that were offered it; those under way are asked to stop first. */
        ALL
    }
}
