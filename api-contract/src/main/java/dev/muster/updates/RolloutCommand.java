package dev.muster.updates;

import dev.muster.kernel.AggregateCommand;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Ended;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a rollout. */
public sealed interface RolloutCommand extends AggregateCommand {

    RolloutId rolloutId();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "rollout/" + rolloutId();
    }

    /** Plans a rollout; its members are frozen by the policy that hears {@link RolloutEvent.RolloutCreated}. */
    record CreateRollout(RolloutId rolloutId, RolloutPlan plan) implements RolloutCommand {}

    /** Freezes a part of a group's members, at most {@link dev.muster.staging.Group#CHUNK_MAX} at a time. */
    record PlanMembers(RolloutId rolloutId, int group, int chunk, List<DeviceId> members) implements RolloutCommand {}

    /** All members are frozen; {@code sizes} has one number per group. */
    record CompletePlanning(RolloutId rolloutId, List<Integer> sizes, int incompatible) implements RolloutCommand {}

    record StartRollout(RolloutId rolloutId) implements RolloutCommand {}

    record PauseRollout(RolloutId rolloutId) implements RolloutCommand {}

    record ResumeRollout(RolloutId rolloutId) implements RolloutCommand {}

    /** Ends the rollout and asks its devices to stop. */
    record AbortRollout(RolloutId rolloutId) implements RolloutCommand {}

    /** Every member of the group was offered the release; {@code skipped} had it already or cannot take it. */
    record CompleteOffer(RolloutId rolloutId, int group, int offered, int skipped) implements RolloutCommand {}

    /**
     * Ends of actions that were counted, in order of position. Ends at or below the rollout's own position were
     * counted before and are passed over, so a repeated batch counts once.
     */
    record RecordProgress(RolloutId rolloutId, List<Ended> ended) implements RolloutCommand {}
}
