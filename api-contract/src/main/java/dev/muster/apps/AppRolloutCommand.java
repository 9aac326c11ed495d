package dev.muster.apps;

import dev.muster.kernel.AggregateCommand;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Ended;
import dev.muster.staging.Outcome;
import dev.muster.staging.SeenPause;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a rollout of a release. */
public sealed interface AppRolloutCommand extends AggregateCommand {

    AppRolloutId rolloutId();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return rolloutId().aggregateId();
    }

    /**
     * Plans a rollout; its members are frozen by the policy that hears {@link AppRolloutEvent.RolloutCreated}. Answers
     * whether it is new.
     */
    record CreateRollout(AppRolloutId rolloutId, AppRolloutPlan plan) implements AppRolloutCommand {}

    /** Freezes a part of a group's members, at most {@link dev.muster.staging.Group#CHUNK_MAX} at a time. */
    record PlanMembers(AppRolloutId rolloutId, int group, int chunk, List<DeviceId> members)
            implements AppRolloutCommand {}

    /** All members are frozen; {@code sizes} has one number per group. */
    record CompletePlanning(AppRolloutId rolloutId, List<Integer> sizes) implements AppRolloutCommand {}

    record StartRollout(AppRolloutId rolloutId) implements AppRolloutCommand {}

    record PauseRollout(AppRolloutId rolloutId) implements AppRolloutCommand {}

    /**
     * Goes on; when its place refused the release, tries that once more.
     *
     * @param seen the pause that is meant, or null for whichever it is; refused when it stands still for another
     */
    record ResumeRollout(AppRolloutId rolloutId, @Nullable SeenPause seen) implements AppRolloutCommand {}

    /**
     * Ends the rollout: members go back to what they have without it.
     *
     * @param why when nobody ordered it, else null
     */
    record AbortRollout(AppRolloutId rolloutId, @Nullable String why) implements AppRolloutCommand {}

    /** Every member of a group that started was looked at: those who had it already, or left, were told as ended. */
    record ReachGroup(AppRolloutId rolloutId, int group, int members) implements AppRolloutCommand {}

    /**
     * For these members of a group that started it is over, unless it was before.
     *
     * @param members at most {@link dev.muster.staging.Group#CHUNK_MAX}
     * @param message the device's own words, or why
     */
    record EndMembers(
            AppRolloutId rolloutId,
            int group,
            Outcome outcome,
            List<DeviceId> members,
            @Nullable String message) implements AppRolloutCommand {}

    /**
     * Members that ended, in order of position. Ends at or below the rollout's own position were counted before and
     * are passed over.
     */
    record RecordProgress(AppRolloutId rolloutId, List<Ended> ended) implements AppRolloutCommand {}

    /** The place stays with the release. */
    record FinishRollout(AppRolloutId rolloutId) implements AppRolloutCommand {}

    /** The place does not take the release. */
    record RefuseFinish(AppRolloutId rolloutId, String why) implements AppRolloutCommand {}
}
