package dev.muster.updates;

import dev.muster.registry.DeviceId;
import dev.muster.staging.PauseCause;
import dev.muster.staging.Tally;
import java.util.List;

/** What happened to a rollout. */
public sealed interface RolloutEvent {

    RolloutId rolloutId();

    record RolloutCreated(RolloutId rolloutId, RolloutPlan plan) implements RolloutEvent {}

    record MembersPlanned(RolloutId rolloutId, int group, int chunk, List<DeviceId> members) implements RolloutEvent {}

    /** {@code incompatible}: devices the filter hit whose hardware the release does not fit; they are no members. */
    record RolloutReady(RolloutId rolloutId, List<Integer> sizes, int incompatible) implements RolloutEvent {}

    /** Somebody started it while its members were still being frozen: it starts as soon as it is ready. */
    record RolloutStartAwaited(RolloutId rolloutId) implements RolloutEvent {}

    record RolloutStarted(RolloutId rolloutId) implements RolloutEvent {}

    record GroupStarted(RolloutId rolloutId, int group) implements RolloutEvent {}

    record GroupOffered(RolloutId rolloutId, int group, int offered, int skipped) implements RolloutEvent {}

    /** Ends counted since the last time, summed per group; {@code counted} is the position they reach to. */
    record RolloutProgressed(RolloutId rolloutId, List<Tally> tallies, long counted) implements RolloutEvent {}

    record GroupSucceeded(RolloutId rolloutId, int group) implements RolloutEvent {}

    record GroupFailed(RolloutId rolloutId, int group) implements RolloutEvent {}

    record RolloutPaused(RolloutId rolloutId, PauseCause cause) implements RolloutEvent {}

    record RolloutResumed(RolloutId rolloutId) implements RolloutEvent {}

    record RolloutAborted(RolloutId rolloutId) implements RolloutEvent {}

    record RolloutFinished(RolloutId rolloutId) implements RolloutEvent {}
}
