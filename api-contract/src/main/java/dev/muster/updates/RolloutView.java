package dev.muster.updates;

import dev.muster.staging.PauseCause;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rollout with its counters, as stored in the view collection {@code rollouts}.
 *
 * @param groups the planned ones, then those that were added for devices that joined, oldest first
 * @param earlier when too many were added, so many of the oldest of them are summed up in the one entry that follows
 *     the planned groups; 0 while each has its own
 * @param incompatible devices the filter hit that the release does not fit
 * @param decision what a second person said, or null
 * @param stopCause why it was ended before its time, or null
 * @param rollback how its devices get back what they had, or null
 * @param open whether devices that match later still join
 * @param deleted whether it was taken off the lists
 * @param reasons failure messages with how often they occurred and a few devices, most frequent first
 * @param progress counters over time for the plot, oldest first, at most 500 points
 * @param version of the rollout, for If-Match
 */
public record RolloutView(
        RolloutId id,
        RolloutPlan plan,
        State state,
        @Nullable PauseCause pauseCause,
        List<Group> groups,
        int earlier,
        int incompatible,
        @Nullable String by,
        @Nullable Decision decision,
        @Nullable StopCause stopCause,
        @Nullable Rollback rollback,
        boolean open,
        boolean deleted,
        List<Reason> reasons,
        List<Point> progress,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        long version) {

    /** How many groups there ever were; their indexes, as events and members name them, are below this. */
    public int groupCount() {
        return earlier == 0 ? groups.size() : groups.size() - 1 + earlier;
    }

    /** Where the group with this index stands in {@link #groups}, or -1 when there is none. */
    public int placeOf(int index) {
        if (index < 0 || index >= groupCount()) {
            return -1;
        }
        int planned = plan.groups().size();
        return earlier == 0 || index < planned ? index : Math.max(planned, index - earlier + 1);
    }

    /** The group that succeeded and that a person shall look at now, or null when nobody is waited for. */
    public @Nullable Group pausedAfter() {
        Group seen = null;
        for (Group group : groups) {
            if (group.pauseAfter() && group.state() == GroupState.FINISHED) {
                seen = group;
            }
        }
        return pauseCause == PauseCause.GROUP_SUCCEEDED ? seen : null;
    }

    /** Names as hawkBit's users know them. */
    public enum State {
        CREATING,
        WAITING_FOR_APPROVAL,
        APPROVAL_DENIED,
        READY,
        RUNNING,
        PAUSED,
        STOPPED,
        FINISHED
    }

    public enum GroupState {
        SCHEDULED,
        RUNNING,
        FINISHED,
        ERROR
    }

    /**
     * {@code offered} includes those that have ended; open = offered - succeeded - failed - canceled.
     *
     * @param retrying of those open: failed, and will be tried again
     * @param verifying of those open: installed, and must prove their health
     * @param joined whether it was added for devices that joined
     * @param pauseAfter whether it all pauses once it has succeeded, so that a person looks before the next one starts
     */
    public record Group(
            String name,
            GroupState state,
            int size,
            int offered,
            int skipped,
            int succeeded,
            int failed,
            int canceled,
            int retrying,
            int verifying,
            boolean joined,
            double successPercent,
            double errorPercent,
            boolean pauseAfter) {}

    /** What a second person said. */
    public record Decision(
            boolean approved, String by, @Nullable String remark, Instant at) {}

    /** @param devices how many had something to go back to, null while it goes on */
    public record Rollback(
            RolloutPolicy.Rollback scope,
            boolean automatic,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Integer devices) {}

    /**
     * Failures that differ in numbers only.
     *
     * @param key names it for filters, see {@link FailureReason#key}
     * @param message what the first of them said
     * @param devices a few of them
     * @param code the status code that all of them gave, or null
     */
    public record Reason(
            String key,
            String message,
            int count,
            List<String> devices,
            @Nullable Integer code) {

        public Reason {
            // Documents from before reasons had keys.
            key = key == null ? new FailureReason(message, code).key() : key;
        }
    }

    public record Point(Instant at, int offered, int succeeded, int failed, int canceled) {}
}
