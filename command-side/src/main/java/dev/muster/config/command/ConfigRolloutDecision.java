package dev.muster.config.command;

import static dev.muster.config.command.ConfigRolloutSteps.events;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.ConfigRolloutCommand;
import dev.muster.config.ConfigRolloutCommand.AbortRollout;
import dev.muster.config.ConfigRolloutCommand.CompletePlanning;
import dev.muster.config.ConfigRolloutCommand.CreateRollout;
import dev.muster.config.ConfigRolloutCommand.EndMembers;
import dev.muster.config.ConfigRolloutCommand.FinishRollout;
import dev.muster.config.ConfigRolloutCommand.PauseRollout;
import dev.muster.config.ConfigRolloutCommand.PlanMembers;
import dev.muster.config.ConfigRolloutCommand.ReachGroup;
import dev.muster.config.ConfigRolloutCommand.RecordProgress;
import dev.muster.config.ConfigRolloutCommand.RefuseFinish;
import dev.muster.config.ConfigRolloutCommand.ResumeRollout;
import dev.muster.config.ConfigRolloutCommand.StartRollout;
import dev.muster.config.ConfigRolloutEvent;
import dev.muster.config.ConfigRolloutEvent.FinishRefused;
import dev.muster.config.ConfigRolloutEvent.FinishRetried;
import dev.muster.config.ConfigRolloutEvent.MembersEnded;
import dev.muster.config.ConfigRolloutEvent.RolloutAborted;
import dev.muster.config.ConfigRolloutEvent.RolloutCreated;
import dev.muster.config.ConfigRolloutEvent.RolloutFinished;
import dev.muster.config.command.ConfigRolloutState.End;
import dev.muster.staging.Phase;
import dev.muster.staging.command.StagingDecision;
import java.util.List;

/** What follows from a command about a configuration rollout: events, none, or a refusal. */
final class ConfigRolloutDecision {

    private ConfigRolloutDecision() {}

    static List<ConfigRolloutEvent> decide(ConfigRolloutCommand command, ConfigRolloutState state) {
        StagingDecision staging =
                new StagingDecision(state.staging(), command.rolloutId().toString(), ConfigRolloutSteps.REFUSALS);
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

    private static List<ConfigRolloutEvent> created(CreateRollout c, ConfigRolloutState state) {
        ConfigRolloutRules.check(c.plan());
        if (state.plan() == null) {
            return List.of(new RolloutCreated(c.rolloutId(), c.plan()));
        }
        if (state.plan().equals(c.plan())) {
            return List.of();
        }
        throw ConfigRefusal.ROLLOUT_EXISTS.because("Rollout " + c.rolloutId() + " exists with another plan.");
    }

    private static List<ConfigRolloutEvent> resumed(
            ResumeRollout c, ConfigRolloutState state, StagingDecision staging) {
        if (!isFinishing(state)) {
            return events(c.rolloutId(), staging.resumed(c.seen()));
        }
        return state.end() == End.REFUSED ? List.of(new FinishRetried(c.rolloutId())) : List.of();
    }

    /** One whose target does not take the values may be given up although every member has ended. */
    private static List<ConfigRolloutEvent> aborted(AbortRollout c, ConfigRolloutState state, StagingDecision staging) {
        boolean now = isFinishing(state) && state.end() == End.REFUSED
                || !staging.aborted().isEmpty();
        return now ? List.of(new RolloutAborted(c.rolloutId(), c.why())) : List.of();
    }

    private static List<ConfigRolloutEvent> ended(EndMembers c, ConfigRolloutState state) {
        onlyKnown(c, state);
        Phase phase = state.staging().phase();
        boolean underWay = phase == Phase.RUNNING || phase == Phase.PAUSED;
        return underWay
                        && !c.members().isEmpty()
                        && state.staging().groups().get(c.group()).started()
                ? List.of(new MembersEnded(c.rolloutId(), c.group(), c.outcome(), c.members(), c.message()))
                : List.of();
    }

    private static List<ConfigRolloutEvent> finished(FinishRollout c, ConfigRolloutState state) {
        onlyKnown(c, state);
        if (state.end() == End.DONE) {
            return List.of();
        }
        if (!isFinishing(state)) {
            throw ConfigRefusal.ROLLOUT_STATE.because(
                    "The rollout is " + state.staging().phase() + ".");
        }
        return List.of(new RolloutFinished(c.rolloutId()));
    }

    private static List<ConfigRolloutEvent> finishRefused(RefuseFinish c, ConfigRolloutState state) {
        onlyKnown(c, state);
        return isFinishing(state) && state.end() == End.OPEN
                ? List.of(new FinishRefused(c.rolloutId(), c.why()))
                : List.of();
    }

    /** Every member has ended, but the target does not have the values yet. */
    private static boolean isFinishing(ConfigRolloutState state) {
        return state.staging().phase() == Phase.FINISHED && state.end() != End.DONE;
    }

    private static void onlyKnown(ConfigRolloutCommand c, ConfigRolloutState state) {
        if (state.plan() == null) {
            throw ConfigRefusal.ROLLOUT_UNKNOWN.because("There is no rollout " + c.rolloutId() + ".");
        }
    }
}
