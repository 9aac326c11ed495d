package dev.muster.updates;

import dev.muster.kernel.AggregateCommand;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Ended;
import dev.muster.staging.SeenPause;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a rollout. */
public sealed interface RolloutCommand extends AggregateCommand {

    RolloutId rolloutId();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "rollout/" + rolloutId();
    }

    /**
     * Plans a rollout; its members are frozen by the policy that hears {@link RolloutEvent.RolloutCreated}.
     *
     * @param by the person who wants it, {@code user:<id>} whichever token they use; null for the house itself
     */
    record CreateRollout(
            RolloutId rolloutId, RolloutPlan plan, @Nullable String by) implements RolloutCommand {}

    /** Freezes a part of a group's members, at most {@link dev.muster.staging.Group#CHUNK_MAX} at a time. */
    record PlanMembers(RolloutId rolloutId, int group, int chunk, List<DeviceId> members) implements RolloutCommand {}

    /** All members are frozen; {@code sizes} has one number per group. */
    record CompletePlanning(RolloutId rolloutId, List<Integer> sizes, int incompatible) implements RolloutCommand {}

    /**
     * A second person agrees. Refused with {@link UpdatesRefusal#ROLLOUT_APPROVAL_OWN} for whoever created it.
     *
     * @param by the person, as in {@link CreateRollout}
     */
    record ApproveRollout(
            RolloutId rolloutId, String by, @Nullable String remark) implements RolloutCommand {}

    /** A second person says no, for good. */
    record DenyRollout(
            RolloutId rolloutId, String by, @Nullable String remark) implements RolloutCommand {}

    /** Starts the next group now, whatever the gate before it says. */
    record StartNextGroup(RolloutId rolloutId) implements RolloutCommand {}

    /** Devices match that did not when the members were frozen. Those that are members already must not be named. */
    record JoinMembers(RolloutId rolloutId, List<DeviceId> members) implements RolloutCommand {}

    /** Nobody joins any more; the rollout finishes when everyone has ended. */
    record CloseJoining(RolloutId rolloutId) implements RolloutCommand {}

    /** Ends the rollout and gives devices back what they had. */
    record RollBackRollout(RolloutId rolloutId, RolloutPolicy.Rollback scope) implements RolloutCommand {}

    /** All devices to be rolled back were asked; {@code devices} of them had something to go back to. */
    record CompleteRollback(RolloutId rolloutId, int devices) implements RolloutCommand {}

    /** Takes a rollout that is not under way off the lists; history keeps it. */
    record DeleteRollout(RolloutId rolloutId) implements RolloutCommand {}

    record StartRollout(RolloutId rolloutId) implements RolloutCommand {}

    record PauseRollout(RolloutId rolloutId) implements RolloutCommand {}

    /**
     * Goes on.
     *
     * @param seen the pause that is meant, or null for whichever it is; refused when it stands still for another
     */
    record ResumeRollout(RolloutId rolloutId, @Nullable SeenPause seen) implements RolloutCommand {}

    /** Ends the rollout and asks its devices to stop. */
    record AbortRollout(RolloutId rolloutId, StopCause cause) implements RolloutCommand {}

    /**
     * The members of the group from {@code from} up to and without {@code upTo}, in the order in which they were named,
     * were offered the release; {@code skipped} of them had it already or cannot take it. What does not begin where the
     * group stands was said before and is passed over. Answers whether the next may be offered: {@code false} once the
     * rollout stands still.
     */
    record RecordOffer(RolloutId rolloutId, int group, int from, int upTo, int offered, int skipped)
            implements RolloutCommand {}

    /**
     * Ends of actions that were counted, in order of position. Ends at or below the rollout's own position were
     * counted before and are passed over, so a repeated batch counts once.
     */
    record RecordProgress(RolloutId rolloutId, List<Ended> ended) implements RolloutCommand {}
}
