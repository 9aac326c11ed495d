package dev.muster.updates.command;

import dev.muster.staging.Group;
import dev.muster.staging.command.StagingRefusals;
import dev.muster.staging.command.Step;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.GroupAdded;
import dev.muster.updates.RolloutEvent.GroupFailed;
import dev.muster.updates.RolloutEvent.GroupOffered;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutEvent.GroupSucceeded;
import dev.muster.updates.RolloutEvent.JoiningClosed;
import dev.muster.updates.RolloutEvent.MembersJoined;
import dev.muster.updates.RolloutEvent.MembersOffered;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutEvent.RollbackFinished;
import dev.muster.updates.RolloutEvent.RollbackStarted;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutEvent.RolloutApproved;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutDeleted;
import dev.muster.updates.RolloutEvent.RolloutDenied;
import dev.muster.updates.RolloutEvent.RolloutFinished;
import dev.muster.updates.RolloutEvent.RolloutPaused;
import dev.muster.updates.RolloutEvent.RolloutProgressed;
import dev.muster.updates.RolloutEvent.RolloutReady;
import dev.muster.updates.RolloutEvent.RolloutResumed;
import dev.muster.updates.RolloutEvent.RolloutStartAwaited;
import dev.muster.updates.RolloutEvent.RolloutStarted;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutPolicy.Joining;
import dev.muster.updates.UpdatesRefusal;
import org.jspecify.annotations.Nullable;

/** A software rollout's events as steps of the machinery, and back: the one place where they meet. */
final class RolloutSteps {

    static final StagingRefusals REFUSALS = new StagingRefusals(
            UpdatesRefusal.ROLLOUT_UNKNOWN, UpdatesRefusal.ROLLOUT_STATE, UpdatesRefusal.ROLLOUT_INVALID);

    private RolloutSteps() {}

    /** Null for what is the rollout's own and no step: how its devices get back what they had. */
    static @Nullable Step of(RolloutEvent event) {
        return switch (event) {
            case RolloutCreated e -> planned(e.plan());
            case MembersPlanned e -> new Step.MembersNamed(e.group(), e.chunk(), e.members());
            case RolloutReady e -> new Step.Ready(e.sizes(), e.incompatible());
            case RolloutApproved ignored -> new Step.Approved();
            case RolloutDenied ignored -> new Step.Denied();
            case RolloutStartAwaited ignored -> new Step.StartAwaited();
            case RolloutStarted ignored -> new Step.Started();
            case GroupStarted e -> new Step.GroupStarted(e.group());
            case MembersOffered e -> new Step.MembersOffered(e.group(), e.upTo(), e.offered(), e.skipped());
            case GroupOffered e -> new Step.GroupOffered(e.group(), e.offered(), e.skipped());
            case GroupAdded e -> new Step.GroupAdded(e.group(), e.plan());
            case MembersJoined e -> new Step.MembersJoined(e.group(), e.chunk(), e.members());
            case JoiningClosed ignored -> new Step.JoiningClosed();
            case RolloutProgressed e -> new Step.Progressed(e.tallies(), e.counted());
            case GroupSucceeded e -> new Step.GroupSucceeded(e.group());
            case GroupFailed e -> new Step.GroupFailed(e.group());
            case RolloutPaused e -> new Step.Paused(e.cause());
            case RolloutResumed ignored -> new Step.Resumed();
            case RolloutAborted ignored -> new Step.Aborted();
            case RolloutFinished ignored -> new Step.Finished();
            case RolloutDeleted ignored -> new Step.Deleted();
            case RollbackStarted ignored -> null;
            case RollbackFinished ignored -> null;
        };
    }

    private static Step planned(RolloutPlan plan) {
        Joining joining = plan.care().joining();
        Group intake = joining == null
                ? null
                : new Group("joined", 0, joining.successPercent(), joining.errorPercent(), joining.groupSize(), null);
        return new Step.Planned(plan.groups(), plan.care().approval(), intake);
    }

    /** The event of a step that needs no more words than the step has. */
    static RolloutEvent event(RolloutId id, Step step) {
        return switch (step) {
            case Step.Planned s -> throw sayMore(s);
            case Step.Approved s -> throw sayMore(s);
            case Step.Denied s -> throw sayMore(s);
            case Step.Aborted s -> throw sayMore(s);
            case Step.MembersNamed s -> new MembersPlanned(id, s.group(), s.chunk(), s.members());
            case Step.Ready s -> new RolloutReady(id, s.sizes(), s.unfit());
            case Step.StartAwaited ignored -> new RolloutStartAwaited(id);
            case Step.Started ignored -> new RolloutStarted(id);
            case Step.GroupStarted s -> new GroupStarted(id, s.group());
            case Step.MembersOffered s -> new MembersOffered(id, s.group(), s.upTo(), s.offered(), s.skipped());
            case Step.GroupOffered s -> new GroupOffered(id, s.group(), s.offered(), s.skipped());
            case Step.GroupAdded s -> new GroupAdded(id, s.group(), s.plan());
            case Step.MembersJoined s -> new MembersJoined(id, s.group(), s.chunk(), s.members());
            case Step.JoiningClosed ignored -> new JoiningClosed(id);
            case Step.Progressed s -> new RolloutProgressed(id, s.tallies(), s.counted());
            case Step.GroupSucceeded s -> new GroupSucceeded(id, s.group());
            case Step.GroupFailed s -> new GroupFailed(id, s.group());
            case Step.Paused s -> new RolloutPaused(id, s.cause());
            case Step.Resumed ignored -> new RolloutResumed(id);
            case Step.Finished ignored -> new RolloutFinished(id);
            case Step.Deleted ignored -> new RolloutDeleted(id);
        };
    }

    private static RuntimeException sayMore(Step step) {
        return new IllegalArgumentException("its event says who or why: " + step);
    }
}
