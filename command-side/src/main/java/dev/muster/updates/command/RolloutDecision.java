package dev.muster.updates.command;

import dev.muster.staging.PauseCause;
import dev.muster.staging.Phase;
import dev.muster.staging.command.StagingDecision;
import dev.muster.staging.command.Step;
import dev.muster.updates.RolloutCommand;
import dev.muster.updates.RolloutCommand.AbortRollout;
import dev.muster.updates.RolloutCommand.ApproveRollout;
import dev.muster.updates.RolloutCommand.CloseJoining;
import dev.muster.updates.RolloutCommand.CompletePlanning;
import dev.muster.updates.RolloutCommand.CompleteRollback;
import dev.muster.updates.RolloutCommand.CreateRollout;
import dev.muster.updates.RolloutCommand.DeleteRollout;
import dev.muster.updates.RolloutCommand.DenyRollout;
import dev.muster.updates.RolloutCommand.JoinMembers;
import dev.muster.updates.RolloutCommand.PauseRollout;
import dev.muster.updates.RolloutCommand.PlanMembers;
import dev.muster.updates.RolloutCommand.RecordOffer;
import dev.muster.updates.RolloutCommand.RecordProgress;
import dev.muster.updates.RolloutCommand.ResumeRollout;
import dev.muster.updates.RolloutCommand.RollBackRollout;
import dev.muster.updates.RolloutCommand.StartNextGroup;
import dev.muster.updates.RolloutCommand.StartRollout;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.RollbackFinished;
import dev.muster.updates.RolloutEvent.RollbackStarted;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutEvent.RolloutApproved;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutDenied;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPolicy.Rollback;
import dev.muster.updates.StopCause;
import dev.muster.updates.UpdatesRefusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows from a command about a rollout: events, none, or a refusal. */
final class RolloutDecision {

    private final RolloutState state;
    private final RolloutId id;
    private final StagingDecision staging;

    private RolloutDecision(RolloutState state, RolloutId id) {
        this.state = state;
        this.id = id;
        this.staging = new StagingDecision(state.staging(), id.toString(), RolloutSteps.REFUSALS);
    }

    static List<RolloutEvent> decide(RolloutCommand command, RolloutState state) {
        RolloutDecision it = new RolloutDecision(state, command.rolloutId());
        return switch (command) {
            case CreateRollout c -> it.created(c);
            case PlanMembers c -> it.events(it.staging.named(c.group(), c.chunk(), c.members()));
            case CompletePlanning c -> it.events(it.staging.planned(c.sizes(), c.incompatible()));
            case ApproveRollout c -> it.approved(c);
            case DenyRollout c -> it.denied(c);
            case StartRollout ignored -> it.events(it.staging.started());
            case StartNextGroup ignored -> it.events(it.staging.nextStarted());
            case PauseRollout ignored -> it.events(it.staging.paused());
            case ResumeRollout c -> it.events(it.staging.resumed(c.seen()));
            case AbortRollout c ->
                it.staging.aborted().isEmpty() ? List.of() : List.of(new RolloutAborted(it.id, c.cause()));
            case RecordOffer c ->
                it.events(it.staging.offered(c.group(), c.from(), c.upTo(), c.offered(), c.skipped()));
            case RecordProgress c -> it.events(it.staging.counted(c.ended()));
            case JoinMembers c -> it.events(it.staging.joined(c.members()));
            case CloseJoining ignored -> it.joiningClosed();
            case RollBackRollout c -> it.rolledBack(c.scope());
            case CompleteRollback c -> it.rollbackCompleted(c.devices());
            case DeleteRollout ignored -> it.events(it.staging.deleted());
        };
    }

    private List<RolloutEvent> created(CreateRollout c) {
        RolloutRules.check(c.plan());
        if (state.plan() == null) {
            return List.of(new RolloutCreated(id, c.plan(), c.by()));
        }
        if (state.plan().equals(c.plan())) {
            return List.of();
        }
        throw UpdatesRefusal.ROLLOUT_EXISTS.because("Rollout " + id + " exists with another plan.");
    }

    private List<RolloutEvent> approved(ApproveRollout c) {
        onlySomebodyElse(c.by());
        List<Step> steps = staging.approved();
        if (steps.isEmpty()) {
            return List.of();
        }
        RolloutRules.checkRemark(c.remark());
        List<RolloutEvent> events = new ArrayList<>(List.of(new RolloutApproved(id, c.by(), c.remark())));
        events.addAll(events(steps.subList(1, steps.size())));
        return events;
    }

    private List<RolloutEvent> denied(DenyRollout c) {
        onlySomebodyElse(c.by());
        if (staging.denied().isEmpty()) {
            return List.of();
        }
        RolloutRules.checkRemark(c.remark());
        return List.of(new RolloutDenied(id, c.by(), c.remark()));
    }

    /** Four eyes: whatever somebody may do besides, and whichever token they use. */
    private void onlySomebodyElse(String by) {
        if (by.equals(state.by())) {
            throw UpdatesRefusal.ROLLOUT_APPROVAL_OWN.because("Whoever wants a rollout does not agree to it.");
        }
    }

    private List<RolloutEvent> joiningClosed() {
        if (state.plan() != null && state.plan().care().joining() == null) {
            throw UpdatesRefusal.ROLLOUT_STATE.because("The members are those at its creation: nobody joins.");
        }
        return events(staging.joiningClosed());
    }

    /** Again is for more devices only. What is under way ends with it. */
    private List<RolloutEvent> rolledBack(Rollback scope) {
        Phase phase = state.staging().phase();
        if (phase == Phase.NONE || phase == Phase.DELETED) {
            throw UpdatesRefusal.ROLLOUT_UNKNOWN.because("There is no rollout " + id + ".");
        }
        Rollback before = state.rollback();
        if (before == scope || before == Rollback.ALL) {
            return List.of();
        }
        if (state.staging().groups().stream().noneMatch(group -> group.started())) {
            throw UpdatesRefusal.ROLLOUT_STATE.because("No device was offered anything yet.");
        }
        boolean underWay = phase == Phase.RUNNING || phase == Phase.PAUSED;
        RollbackStarted started = new RollbackStarted(id, scope, false);
        return underWay ? List.of(started, new RolloutAborted(id, StopCause.ROLLED_BACK)) : List.of(started);
    }

    private List<RolloutEvent> rollbackCompleted(int devices) {
        return state.rollback() == null || state.rollbackOver()
                ? List.of()
                : List.of(new RollbackFinished(id, devices));
    }

    /**
     * Each step's event. A failed group pauses everything in the same breath; where the plan wants devices to get back
     * what they had, everything ends instead, and that begins.
     */
    private List<RolloutEvent> events(List<Step> steps) {
        Rollback wanted = wantedRollback();
        List<RolloutEvent> events = new ArrayList<>();
        for (Step step : steps) {
            if (wanted != null && step instanceof Step.Paused paused && paused.cause() == PauseCause.ERROR_THRESHOLD) {
                events.add(new RollbackStarted(id, wanted, true));
                events.add(new RolloutAborted(id, StopCause.ROLLED_BACK));
            } else {
                events.add(RolloutSteps.event(id, step));
            }
        }
        return events;
    }

    private @Nullable Rollback wantedRollback() {
        return state.plan() == null ? null : state.plan().care().rollback();
    }
}
