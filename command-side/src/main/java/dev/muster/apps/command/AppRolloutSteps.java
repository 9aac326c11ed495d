package dev.muster.apps.command;

import dev.muster.apps.AppRolloutEvent;
import dev.muster.apps.AppRolloutEvent.EveryoneEnded;
import dev.muster.apps.AppRolloutEvent.FinishRefused;
import dev.muster.apps.AppRolloutEvent.FinishRetried;
import dev.muster.apps.AppRolloutEvent.GroupFailed;
import dev.muster.apps.AppRolloutEvent.GroupReached;
import dev.muster.apps.AppRolloutEvent.GroupStarted;
import dev.muster.apps.AppRolloutEvent.GroupSucceeded;
import dev.muster.apps.AppRolloutEvent.MembersEnded;
import dev.muster.apps.AppRolloutEvent.MembersPlanned;
import dev.muster.apps.AppRolloutEvent.RolloutAborted;
import dev.muster.apps.AppRolloutEvent.RolloutCreated;
import dev.muster.apps.AppRolloutEvent.RolloutFinished;
import dev.muster.apps.AppRolloutEvent.RolloutPaused;
import dev.muster.apps.AppRolloutEvent.RolloutProgressed;
import dev.muster.apps.AppRolloutEvent.RolloutReady;
import dev.muster.apps.AppRolloutEvent.RolloutResumed;
import dev.muster.apps.AppRolloutEvent.RolloutStartAwaited;
import dev.muster.apps.AppRolloutEvent.RolloutStarted;
import dev.muster.apps.AppRolloutId;
import dev.muster.apps.AppsRefusal;
import dev.muster.staging.command.StagingRefusals;
import dev.muster.staging.command.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rollout of an app's events as steps of the machinery, and back: the one place where they meet. */
final class AppRolloutSteps {

    static final StagingRefusals REFUSALS =
            new StagingRefusals(AppsRefusal.ROLLOUT_UNKNOWN, AppsRefusal.ROLLOUT_STATE, AppsRefusal.ROLLOUT_INVALID);

    private AppRolloutSteps() {}

    /** Null for what is the rollout's own and no step: words about members, and how its end goes. */
    static @Nullable Step of(AppRolloutEvent event) {
        return switch (event) {
            case RolloutCreated e -> Step.Planned.of(e.plan().groups());
            case MembersPlanned e -> new Step.MembersNamed(e.group(), e.chunk(), e.members());
            case RolloutReady e -> new Step.Ready(e.sizes(), 0);
            case RolloutStartAwaited ignored -> new Step.StartAwaited();
            case RolloutStarted ignored -> new Step.Started();
            case GroupStarted e -> new Step.GroupStarted(e.group());
            case GroupReached e -> new Step.GroupOffered(e.group(), e.members(), 0);
            case RolloutProgressed e -> new Step.Progressed(e.tallies(), e.counted());
            case GroupSucceeded e -> new Step.GroupSucceeded(e.group());
            case GroupFailed e -> new Step.GroupFailed(e.group());
            case RolloutPaused e -> new Step.Paused(e.cause());
            case RolloutResumed ignored -> new Step.Resumed();
            case RolloutAborted ignored -> new Step.Aborted();
            case EveryoneEnded ignored -> new Step.Finished();
            case MembersEnded ignored -> null;
            case FinishRefused ignored -> null;
            case FinishRetried ignored -> null;
            case RolloutFinished ignored -> null;
        };
    }

    static List<AppRolloutEvent> events(AppRolloutId id, List<Step> steps) {
        return steps.stream().map(step -> event(id, step)).toList();
    }

    private static AppRolloutEvent event(AppRolloutId id, Step step) {
        return switch (step) {
            case Step.Planned ignored -> throw new IllegalArgumentException("a rollout is created with its plan");
            case Step.Careful s -> throw new IllegalArgumentException("no rollout of an app knows " + s);
            case Step.MembersNamed s -> new MembersPlanned(id, s.group(), s.chunk(), s.members());
            case Step.Ready s -> new RolloutReady(id, s.sizes());
            case Step.StartAwaited ignored -> new RolloutStartAwaited(id);
            case Step.Started ignored -> new RolloutStarted(id);
            case Step.GroupStarted s -> new GroupStarted(id, s.group());
            case Step.GroupOffered s -> new GroupReached(id, s.group(), s.offered());
            case Step.Progressed s -> new RolloutProgressed(id, s.tallies(), s.counted());
            case Step.GroupSucceeded s -> new GroupSucceeded(id, s.group());
            case Step.GroupFailed s -> new GroupFailed(id, s.group());
            case Step.Paused s -> new RolloutPaused(id, s.cause());
            case Step.Resumed ignored -> new RolloutResumed(id);
            case Step.Aborted ignored -> new RolloutAborted(id, null);
            case Step.Finished ignored -> new EveryoneEnded(id);
        };
    }
}
