package dev.muster.config;

import dev.muster.registry.DeviceId;
import dev.muster.staging.Outcome;
import dev.muster.staging.PauseCause;
import dev.muster.staging.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a rollout of configuration. */
public sealed interface ConfigRolloutEvent {

    ConfigRolloutId rolloutId();

    record RolloutCreated(ConfigRolloutId rolloutId, ConfigRolloutPlan plan) implements ConfigRolloutEvent {}

    record MembersPlanned(ConfigRolloutId rolloutId, int group, int chunk, List<DeviceId> members)
            implements ConfigRolloutEvent {}

    record RolloutReady(ConfigRolloutId rolloutId, List<Integer> sizes) implements ConfigRolloutEvent {}

    /** Somebody started it while its members were still being frozen: it starts as soon as it is ready. */
    record RolloutStartAwaited(ConfigRolloutId rolloutId) implements ConfigRolloutEvent {}

    record RolloutStarted(ConfigRolloutId rolloutId) implements ConfigRolloutEvent {}

    /** From now on the group's members have the rollout's layer. */
    record GroupStarted(ConfigRolloutId rolloutId, int group) implements ConfigRolloutEvent {}

    /** Every member was looked at: who had it already, or left, is among those who ended. */
    record GroupReached(ConfigRolloutId rolloutId, int group, int members) implements ConfigRolloutEvent {}

    /**
     * For these members it is over. Of several words about one member the first one counts.
     *
     * @param message the device's own words, or why; null when there is nothing to say
     */
    record MembersEnded(
            ConfigRolloutId rolloutId,
            int group,
            Outcome outcome,
            List<DeviceId> members,
            @Nullable String message) implements ConfigRolloutEvent {}

    /** Ends counted since the last time, summed per group; {@code counted} is the position they reach to. */
    record RolloutProgressed(ConfigRolloutId rolloutId, List<Tally> tallies, long counted)
            implements ConfigRolloutEvent {}

    record GroupSucceeded(ConfigRolloutId rolloutId, int group) implements ConfigRolloutEvent {}

    record GroupFailed(ConfigRolloutId rolloutId, int group) implements ConfigRolloutEvent {}

    record RolloutPaused(ConfigRolloutId rolloutId, PauseCause cause) implements ConfigRolloutEvent {}

    record RolloutResumed(ConfigRolloutId rolloutId) implements ConfigRolloutEvent {}

    /**
     * Its layer is taken from all members.
     *
     * @param why when nobody ordered it, else null
     */
    record RolloutAborted(
            ConfigRolloutId rolloutId, @Nullable String why) implements ConfigRolloutEvent {}

    /** Nothing is left to start and every member has ended: its target is to have the values now. */
    record EveryoneEnded(ConfigRolloutId rolloutId) implements ConfigRolloutEvent {}

    /** The target does not take the values; members keep the rollout's layer until somebody resumes or aborts. */
    record FinishRefused(ConfigRolloutId rolloutId, String why) implements ConfigRolloutEvent {}

    /** The target is to be asked once more. */
    record FinishRetried(ConfigRolloutId rolloutId) implements ConfigRolloutEvent {}

    /** The target has the values, so the rollout's own layer is taken from all members. */
    record RolloutFinished(ConfigRolloutId rolloutId) implements ConfigRolloutEvent {}
}
