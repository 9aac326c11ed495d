package dev.muster.apps;

import dev.muster.registry.DeviceId;
import dev.muster.staging.Outcome;
import dev.muster.staging.PauseCause;
import dev.muster.staging.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a rollout of a release. */
public sealed interface AppRolloutEvent {

    AppRolloutId rolloutId();

    record RolloutCreated(AppRolloutId rolloutId, AppRolloutPlan plan) implements AppRolloutEvent {}

    record MembersPlanned(AppRolloutId rolloutId, int group, int chunk, List<DeviceId> members)
            implements AppRolloutEvent {}

    record RolloutReady(AppRolloutId rolloutId, List<Integer> sizes) implements AppRolloutEvent {}

    /** Somebody started it while its members were still being frozen: it starts as soon as it is ready. */
    record RolloutStartAwaited(AppRolloutId rolloutId) implements AppRolloutEvent {}

    record RolloutStarted(AppRolloutId rolloutId) implements AppRolloutEvent {}

    /** From now on the group's members are to have the release. */
    record GroupStarted(AppRolloutId rolloutId, int group) implements AppRolloutEvent {}

    /** Every member was looked at: who had it already, or left, is among those who ended. */
    record GroupReached(AppRolloutId rolloutId, int group, int members) implements AppRolloutEvent {}

    /**
     * For these members it is over. Of several words about one member the first one counts.
     *
     * @param message the device's own words, or why; null when there is nothing to say
     */
    record MembersEnded(
            AppRolloutId rolloutId,
            int group,
            Outcome outcome,
            List<DeviceId> members,
            @Nullable String message) implements AppRolloutEvent {}

    /** Ends counted since the last time, summed per group; {@code counted} is the position they reach to. */
    record RolloutProgressed(AppRolloutId rolloutId, List<Tally> tallies, long counted) implements AppRolloutEvent {}

    record GroupSucceeded(AppRolloutId rolloutId, int group) implements AppRolloutEvent {}

    record GroupFailed(AppRolloutId rolloutId, int group) implements AppRolloutEvent {}

    record RolloutPaused(AppRolloutId rolloutId, PauseCause cause) implements AppRolloutEvent {}

    record RolloutResumed(AppRolloutId rolloutId) implements AppRolloutEvent {}

    /**
     * Members go back to what they have without it.
     *
     * @param why when nobody ordered it, else null
     */
    record RolloutAborted(AppRolloutId rolloutId, @Nullable String why) implements AppRolloutEvent {}

    /** Nothing is left to start and every member has ended: its place is to stay with the release now. */
    record EveryoneEnded(AppRolloutId rolloutId) implements AppRolloutEvent {}

    /** The place does not take the release; members keep it until somebody resumes or aborts. */
    record FinishRefused(AppRolloutId rolloutId, String why) implements AppRolloutEvent {}

    /** The place is to be asked once more. */
    record FinishRetried(AppRolloutId rolloutId) implements AppRolloutEvent {}

    /** The place stays with the release, so members have it from there. */
    record RolloutFinished(AppRolloutId rolloutId) implements AppRolloutEvent {}
}
