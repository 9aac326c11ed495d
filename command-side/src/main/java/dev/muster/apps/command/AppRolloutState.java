package dev.muster.apps.command;

import dev.muster.apps.AppRolloutEvent;
import dev.muster.apps.AppRolloutEvent.FinishRefused;
import dev.muster.apps.AppRolloutEvent.FinishRetried;
import dev.muster.apps.AppRolloutEvent.RolloutAborted;
import dev.muster.apps.AppRolloutEvent.RolloutCreated;
import dev.muster.apps.AppRolloutEvent.RolloutFinished;
import dev.muster.apps.AppRolloutPlan;
import dev.muster.staging.command.StagingState;
import dev.muster.staging.command.Step;
import org.jspecify.annotations.Nullable;

/**
 * What decisions about a rollout of an app need to know of its past.
 *
 * @param plan null before it exists
 * @param end how far it is with leaving its release to its place, once every member has ended
 */
record AppRolloutState(@Nullable AppRolloutPlan plan, StagingState staging, End end) {

    static final AppRolloutState NONE = new AppRolloutState(null, StagingState.NONE, End.OPEN);

    enum End {
        OPEN,
        /** The place does not take the release. */
        REFUSED,
        DONE
    }

    AppRolloutState after(AppRolloutEvent event) {
        Step step = AppRolloutSteps.of(event);
        return new AppRolloutState(
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
