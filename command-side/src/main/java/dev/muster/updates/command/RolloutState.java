package dev.muster.updates.command;

import dev.muster.staging.command.StagingState;
import dev.muster.staging.command.Step;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.RollbackFinished;
import dev.muster.updates.RolloutEvent.RollbackStarted;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutPolicy.Rollback;
import org.jspecify.annotations.Nullable;

/**
 * What decisions about a rollout need to know of its past.
 *
 * @param plan null before it exists
 * @param by the person who wants it, null for the house itself
 * @param rollback which devices get back what they had, null while nobody does
 * @param rollbackOver whether all of them were asked
 */
record RolloutState(
        @Nullable RolloutPlan plan,
        @Nullable String by,
        StagingState staging,
        @Nullable Rollback rollback,
        boolean rollbackOver) {

    static final RolloutState NONE = new RolloutState(null, null, StagingState.NONE, null, false);

    RolloutState after(RolloutEvent event) {
        Step step = RolloutSteps.of(event);
        StagingState now = step == null ? staging : staging.after(step);
        return switch (event) {
            case RolloutCreated e -> new RolloutState(e.plan(), e.by(), now, null, false);
            case RollbackStarted e -> new RolloutState(plan, by, now, e.scope(), false);
            case RollbackFinished ignored -> new RolloutState(plan, by, now, rollback, true);
            default -> new RolloutState(plan, by, now, rollback, rollbackOver);
        };
    }
}
