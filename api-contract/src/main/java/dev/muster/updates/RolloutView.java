package dev.muster.updates;

import dev.muster.staging.PauseCause;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rollout with its counters, as stored in the view collection {@code rollouts}.
 *
 * @param incompatible devices the filter hit that the release does not fit
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
        int incompatible,
        List<Reason> reasons,
        List<Point> progress,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        long version) {

    /** Names as hawkBit's users know them. */
    public enum State {
        CREATING,
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

    /** {@code offered} includes those that have ended; open = offered - succeeded - failed - canceled. */
    public record Group(
            String name,
            GroupState state,
            int size,
            int offered,
            int skipped,
            int succeeded,
            int failed,
            int canceled,
            double successPercent,
            double errorPercent) {}

    public record Reason(String message, int count, List<String> devices) {}

    public record Point(Instant at, int offered, int succeeded, int failed, int canceled) {}
}
