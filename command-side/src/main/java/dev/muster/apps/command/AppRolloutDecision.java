package dev.muster.apps.command;

import static dev.muster.apps.command.AppRolloutSteps.events;

import dev.muster.apps.AppRolloutCommand;
import dev.muster.apps.AppRolloutCommand.AbortRollout;
import dev.muster.apps.AppRolloutCommand.CompletePlanning;
import dev.muster.apps.AppRolloutCommand.CreateRollout;
import dev.muster.apps.AppRolloutCommand.EndMembers;
import dev.muster.apps.AppRolloutCommand.FinishRollout;
import dev.muster.apps.AppRolloutCommand.PauseRollout;
import dev.muster.apps.AppRolloutCommand.PlanMembers;
import dev.muster.apps.AppRolloutCommand.ReachGroup;
import dev.muster.apps.AppRolloutCommand.RecordProgress;
import dev.muster.apps.AppRolloutCommand.RefuseFinish;
import dev.muster.apps.AppRolloutCommand.ResumeRollout;
import dev.muster.apps.AppRolloutCommand.StartRollout;
import dev.muster.apps.AppRolloutEvent;
import dev.muster.apps.AppRolloutEvent.FinishRefused;
import dev.muster.apps.AppRolloutEvent.FinishRetried;
import dev.muster.apps.AppRolloutEvent.MembersEnded;
import dev.muster.apps.AppRolloutEvent.RolloutAborted;
import dev.muster.apps.AppRolloutEvent.RolloutCreated;
import dev.muster.apps.AppRolloutEvent.RolloutFinished;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.command.AppRolloutState.End;
import dev.muster.staging.Phase;
import dev.muster.staging.command.StagingDecision;
import java.util.List;

/** What follows from a command about a rollout of an app: events, none, or a refusal. */
final class AppRolloutDecision {

    private AppRolloutDecision() {}

    static List<AppRolloutEvent> decide(AppRolloutCommand command, AppRolloutState state) {
        StagingDecision staging =
                new StagingDecision(state.staging(), command.rolloutId().toString(), AppRolloutSteps.REFUSALS);
        return switch (command) {
            case CreateRollout c -> created(c, state);
            case PlanMembers c -> events(c.rolloutId(), staging.named(c.group(), c.chunk(), c.members()));
            case CompletePlanning c -> events(c.rolloutId(), staging.planned(c.sizes(), 0));
            case StartRollout c -> events(c.rolloutId(), staging.started());
            case PauseRollout c -> events(c.rolloutId(), staging.paused());
            case ResumeRollout c -> resumed(c, state, staging);
            case AbortRollout c -> aborted(c, state, staging);
            case ReachGroup c -> events(c.rolloutId(), staging.offered(c.group(), c.members(), 0));
            case EndMembers c -> ended(c, state);
            case RecordProgress c -> events(c.rolloutId(), staging.counted(c.ended()));
            case FinishRollout c -> finished(c, state);
            case RefuseFinish c -> finishRefused(c, state);
        };
    }

    private static List<AppRolloutEvent> created(CreateRollout c, AppRolloutState state) {
        AppRolloutRules.check(c.plan());
        if (state.plan() == null) {
            return List.of(new RolloutCreated(c.rolloutId(), c.plan()));
        }
        if (state.plan().equals(c.plan())) {
            return List.of();
        }
        throw AppsRefusal.ROLLOUT_EXISTS.because("Rollout " + c.rolloutId() + " exists with another plan.");
    }

    private static List<AppRolloutEvent> resumed(ResumeRollout c, AppRolloutState state, StagingDecision staging) {
        if (!isFinishing(state)) {
            return events(c.rolloutId(), staging.resumed(c.seen()));
        }
        return state.end() == End.REFUSED ? List.of(new FinishRetried(c.rolloutId())) : List.of();
    }

    /** One whose place does not take the release may be given up although every member has ended. */
    private static List<AppRolloutEvent> aborted(AbortRollout c, AppRolloutState state, StagingDecision staging) {
        boolean now = isFinishing(state) && state.end() == End.REFUSED
                || !staging.aborted().isEmpty();
        return now ? List.of(new RolloutAborted(c.rolloutId(), c.why())) : List.of();
    }

    private static List<AppRolloutEvent> ended(EndMembers c, AppRolloutState state) {
        onlyKnown(c, state);
        Phase phase = state.staging().phase();
        boolean underWay = phase == Phase.RUNNING || phase == Phase.PAUSED;
        return underWay
                        && !c.members().isEmpty()
                        && state.staging().groups().get(c.group()).started()
                ? List.of(new MembersEnded(c.rolloutId(), c.group(), c.outcome(), c.members(), c.message()))
                : List.of();
    }

    private static List<AppRolloutEvent> finished(FinishRollout c, AppRolloutState state) {
        onlyKnown(c, state);
        if (state.end() == End.DONE) {
            return List.of();
        }
        if (!isFinishing(state)) {
            throw AppsRefusal.ROLLOUT_STATE.because(
                    "The rollout is " + state.staging().phase() + ".");
        }
        return List.of(new RolloutFinished(c.rolloutId()));
    }

    private static List<AppRolloutEvent> finishRefused(RefuseFinish c, AppRolloutState state) {
        onlyKnown(c, state);
        return isFinishing(state) && state.end() == End.OPEN
                ? List.of(new FinishRefused(c.rolloutId(), c.why()))
                : List.of();
    }

    /** Every member has ended, but the place does not stay with the release yet. */
    private static boolean isFinishing(AppRolloutState state) {
        return state.staging().phase() == Phase.FINISHED && state.end() != End.DONE;
    }

    private static void onlyKnown(AppRolloutCommand c, AppRolloutState state) {
        if (state.plan() == null) {
            throw AppsRefusal.ROLLOUT_UNKNOWN.because("There is no rollout " + c.rolloutId() + ".");
        }
    }
}
