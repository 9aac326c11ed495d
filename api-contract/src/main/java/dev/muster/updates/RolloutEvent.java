package dev.muster.updates;

import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.staging.PauseCause;
import dev.muster.staging.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a rollout. */
public sealed interface RolloutEvent {

    RolloutId rolloutId();

    /** {@code by}: the person who wants it, {@code user:<id>}; null for the house itself, and in old history. */
    record RolloutCreated(
            RolloutId rolloutId, RolloutPlan plan, @Nullable String by) implements RolloutEvent {}

    record MembersPlanned(RolloutId rolloutId, int group, int chunk, List<DeviceId> members) implements RolloutEvent {}

    /** {@code incompatible}: devices the filter hit whose hardware the release does not fit; they are no members. */
    record RolloutReady(RolloutId rolloutId, List<Integer> sizes, int incompatible) implements RolloutEvent {}

    /** Somebody started it while its members were still being frozen: it starts as soon as it is ready. */
    record RolloutStartAwaited(RolloutId rolloutId) implements RolloutEvent {}

    record RolloutStarted(RolloutId rolloutId) implements RolloutEvent {}

    record GroupStarted(RolloutId rolloutId, int group) implements RolloutEvent {}

    /**
     * A part of a group was offered the release: its members up to and without {@code upTo}, in the order in which they
     * were named. {@code offered} and {@code skipped} are those of this part.
     */
    record MembersOffered(RolloutId rolloutId, int group, int upTo, int offered, int skipped) implements RolloutEvent {}

    /** Every member of the group was offered the release; the numbers are the whole group's. Said once of a group. */
    record GroupOffered(RolloutId rolloutId, int group, int offered, int skipped) implements RolloutEvent {}

    /** Ends counted since the last time, summed per group; {@code counted} is the position they reach to. */
    record RolloutProgressed(RolloutId rolloutId, List<Tally> tallies, long counted) implements RolloutEvent {}

    /** A second person agreed; {@code by} is never who created it. */
    record RolloutApproved(
            RolloutId rolloutId, String by, @Nullable String remark) implements RolloutEvent {}

    record RolloutDenied(
            RolloutId rolloutId, String by, @Nullable String remark) implements RolloutEvent {}

    /** A further group for devices that join; {@code group} is its index, behind all others. */
    record GroupAdded(RolloutId rolloutId, int group, Group plan) implements RolloutEvent {}

    /**
     * Devices joined a group that was added; chunks of a group are counted from 0. When the group has started they are
     * offered the release after those that joined before.
     */
    record MembersJoined(RolloutId rolloutId, int group, int chunk, List<DeviceId> members) implements RolloutEvent {}

    record JoiningClosed(RolloutId rolloutId) implements RolloutEvent {}

    /** {@code automatic}: too many failed and the plan's policy wanted it. */
    record RollbackStarted(RolloutId rolloutId, RolloutPolicy.Rollback scope, boolean automatic)
            implements RolloutEvent {}

    record RollbackFinished(RolloutId rolloutId, int devices) implements RolloutEvent {}

    record RolloutDeleted(RolloutId rolloutId) implements RolloutEvent {}

    record GroupSucceeded(RolloutId rolloutId, int group) implements RolloutEvent {}

    record GroupFailed(RolloutId rolloutId, int group) implements RolloutEvent {}

    record RolloutPaused(RolloutId rolloutId, PauseCause cause) implements RolloutEvent {}

    record RolloutResumed(RolloutId rolloutId) implements RolloutEvent {}

    /** {@code cause} is null in old history: an operator. */
    record RolloutAborted(RolloutId rolloutId, @Nullable StopCause cause) implements RolloutEvent {}

    record RolloutFinished(RolloutId rolloutId) implements RolloutEvent {}
}
