package dev.muster.updates.command;

import dev.muster.staging.command.StagingRefusals;
import dev.muster.staging.command.Step;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.GroupFailed;
import dev.muster.updates.RolloutEvent.GroupOffered;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutEvent.GroupSucceeded;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutFinished;
import dev.muster.updates.RolloutEvent.RolloutPaused;
import dev.muster.updates.RolloutEvent.RolloutProgressed;
import dev.muster.updates.RolloutEvent.RolloutReady;
import dev.muster.updates.RolloutEvent.RolloutResumed;
import dev.muster.updates.RolloutEvent.RolloutStartAwaited;
import dev.muster.updates.RolloutEvent.RolloutStarted;
import dev.muster.updates.RolloutId;
import dev.muster.updates.UpdatesRefusal;
import org.jspecify.annotations.Nullable;

/** A software rollout's events as steps of the machinery, and back: the one place where they meet. */
final class RolloutSteps {

    static final StagingRefusals REFUSALS = new StagingRefusals(
            UpdatesRefusal.ROLLOUT_UNKNOWN, UpdatesRefusal.ROLLOUT_STATE, UpdatesRefusal.ROLLOUT_INVALID);

    private RolloutSteps() {}

    /** Null for what is no event of a rollout. */
    static @Nullable Step of(Object event) {
        return event instanceof RolloutEvent rollout ? step(rollout) : null;
    }

    static Step step(RolloutEvent event) {
        return switch (event) {
            case RolloutCreated e -> new Step.Planned(e.plan().groups());
            case MembersPlanned e -> new Step.MembersNamed(e.group(), e.chunk(), e.members());
            case RolloutReady e -> new Step.Ready(e.sizes(), e.incompatible());
            case RolloutStartAwaited ignored -> new Step.StartAwaited();
            case RolloutStarted ignored -> new Step.Started();
            case GroupStarted e -> new Step.GroupStarted(e.group());
            case GroupOffered e -> new Step.GroupOffered(e.group(), e.offered(), e.skipped());
            case RolloutProgressed e -> new Step.Progressed(e.tallies(), e.counted());
            case GroupSucceeded e -> new Step.GroupSucceeded(e.group());
            case GroupFailed e -> new Step.GroupFailed(e.group());
            case RolloutPaused e -> new Step.Paused(e.cause());
            case RolloutResumed ignored -> new Step.Resumed();
            case RolloutAborted ignored -> new Step.Aborted();
            case RolloutFinished ignored -> new Step.Finished();
        };
    }

    static RolloutEvent event(RolloutId id, Step step) {
        return switch (step) {
            case Step.Planned ignored -> throw new IllegalArgumentException("a rollout is created with its plan");
            case Step.MembersNamed s -> new MembersPlanned(id, s.group(), s.chunk(), s.members());
            case Step.Ready s -> new RolloutReady(id, s.sizes(), s.unfit());
            case Step.StartAwaited ignored -> new RolloutStartAwaited(id);
            case Step.Started ignored -> new RolloutStarted(id);
            case Step.GroupStarted s -> new GroupStarted(id, s.group());
            case Step.GroupOffered s -> new GroupOffered(id, s.group(), s.offered(), s.skipped());
            case Step.Progressed s -> new RolloutProgressed(id, s.tallies(), s.counted());
            case Step.GroupSucceeded s -> new GroupSucceeded(id, s.group());
            case Step.GroupFailed s -> new GroupFailed(id, s.group());
            case Step.Paused s -> new RolloutPaused(id, s.cause());
            case Step.Resumed ignored -> new RolloutResumed(id);
            case Step.Aborted ignored -> new RolloutAborted(id);
            case Step.Finished ignored -> new RolloutFinished(id);
        };
    }
}
