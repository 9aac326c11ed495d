package dev.muster.config;

import dev.muster.kernel.AggregateCommand;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Ended;
import dev.muster.staging.Outcome;
import dev.muster.staging.SeenPause;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a rollout of configuration. */
public sealed interface ConfigRolloutCommand extends AggregateCommand {

    ConfigRolloutId rolloutId();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return rolloutId().aggregateId();
    }

    /**
     * Plans a rollout whose values lie in its layer already; its members are frozen by the policy that hears {@link
     * ConfigRolloutEvent.RolloutCreated}. Answers whether it is new.
     */
    record CreateRollout(ConfigRolloutId rolloutId, ConfigRolloutPlan plan) implements ConfigRolloutCommand {}

    /** Freezes a part of a group's members, at most {@link dev.muster.staging.Group#CHUNK_MAX} at a time. */
    record PlanMembers(ConfigRolloutId rolloutId, int group, int chunk, List<DeviceId> members)
            implements ConfigRolloutCommand {}

    /** All members are frozen; {@code sizes} has one number per group. */
    record CompletePlanning(ConfigRolloutId rolloutId, List<Integer> sizes) implements ConfigRolloutCommand {}

    record StartRollout(ConfigRolloutId rolloutId) implements ConfigRolloutCommand {}

    record PauseRollout(ConfigRolloutId rolloutId) implements ConfigRolloutCommand {}

    /**
     * Goes on; when its target refused the values, tries that once more.
     *
     * @param seen the pause that is meant, or null for whichever it is; refused when it stands still for another
     */
    record ResumeRollout(
            ConfigRolloutId rolloutId, @Nullable SeenPause seen) implements ConfigRolloutCommand {}

    /**
     * Ends the rollout and takes its layer from all members.
     *
     * @param why when nobody ordered it, else null
     */
    record AbortRollout(ConfigRolloutId rolloutId, @Nullable String why) implements ConfigRolloutCommand {}

    /** Every member of a group that started was looked at: those who had it already, or left, were told as ended. */
    record ReachGroup(ConfigRolloutId rolloutId, int group, int members) implements ConfigRolloutCommand {}

    /**
     * For these members of a group that started it is over, unless it was before.
     *
     * @param members at most {@link dev.muster.staging.Group#CHUNK_MAX}
     * @param message the device's own words, or why
     */
    record EndMembers(
            ConfigRolloutId rolloutId,
            int group,
            Outcome outcome,
            List<DeviceId> members,
            @Nullable String message) implements ConfigRolloutCommand {}

    /**
     * Members that ended, in order of position. Ends at or below the rollout's own position were counted before and
     * are passed over.
     */
    record RecordProgress(ConfigRolloutId rolloutId, List<Ended> ended) implements ConfigRolloutCommand {}

    /** The target has the values. */
    record FinishRollout(ConfigRolloutId rolloutId) implements ConfigRolloutCommand {}

    /** The target does not take the values. */
    record RefuseFinish(ConfigRolloutId rolloutId, String why) implements ConfigRolloutCommand {}
}
