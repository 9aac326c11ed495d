package dev.muster.apps;

import dev.muster.staging.PauseCause;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rollout of a release with its counters.
 *
 * @param why what keeps it from finishing, or why it was stopped when nobody ordered it; else null
 * @param createdBy as the provenance of its first event has it, null when history does not say
 * @param version of the rollout, for If-None-Match
 */
public record AppRolloutView(
        AppRolloutId id,
        AppRolloutPlan plan,
        State state,
        @Nullable PauseCause pauseCause,
        @Nullable String why,
        List<RolloutGroup> groups,
        Instant createdAt,
        @Nullable String createdBy,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        long version) {

    public AppRolloutView {
        groups = List.copyOf(groups);
    }

    public enum State {
        CREATING,
        READY,
        RUNNING,
        PAUSED,
        /** Every member has ended; the place is about to stay with the release, or {@code why} says that it refuses. */
        FINISHING,
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
     * Members that are open: {@code size - succeeded - failed - canceled}.
     *
     * @param pauseAfter whether it all pauses once it has succeeded, so that a person looks before the next one starts
     */
    public record RolloutGroup(
            String name,
            GroupState state,
            int size,
            int succeeded,
            int failed,
            int canceled,
            double percent,
            double successPercent,
            double errorPercent,
            boolean pauseAfter) {}

    /** Whether nothing of it is under way any more. */
    public boolean over() {
        return state == State.STOPPED || state == State.FINISHED;
    }
}
