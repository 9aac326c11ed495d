package dev.muster.config.command;

import dev.muster.config.ConfigRolloutEvent;
import dev.muster.config.ConfigRolloutEvent.FinishRefused;
import dev.muster.config.ConfigRolloutEvent.FinishRetried;
import dev.muster.config.ConfigRolloutEvent.RolloutAborted;
import dev.muster.config.ConfigRolloutEvent.RolloutCreated;
import dev.muster.config.ConfigRolloutEvent.RolloutFinished;
import dev.muster.config.ConfigRolloutPlan;
import dev.muster.staging.command.StagingState;
import dev.muster.staging.command.Step;
import org.jspecify.annotations.Nullable;

/**
 * What decisions about a configuration rollout need to know of its past.
 *
 * @param plan null before it exists
 * @param end how far it is with giving its values to its target, once every member has ended
 */
record ConfigRolloutState(@Nullable ConfigRolloutPlan plan, StagingState staging, End end) {

    static final ConfigRolloutState NONE = new ConfigRolloutState(null, StagingState.NONE, End.OPEN);

    enum End {
        OPEN,
        /** The target does not take the values. */
        REFUSED,
        DONE
    }

    ConfigRolloutState after(ConfigRolloutEvent event) {
        Step step = ConfigRolloutSteps.of(event);
        return new ConfigRolloutState(
                event instanceof RolloutCreated created ? created.plan() : plan,
                step == null ? staging : staging.after(step),
                switch (event) {
                    case FinishRefused ignored -> End.REFUSED;
                    case FinishRetried ignored -> End.OPEN;
                    case RolloutAborted ignored -> End.OPEN;
                    case RolloutFinished ignored -> End.DONE;
                    default -> end;
                });
    }
}
