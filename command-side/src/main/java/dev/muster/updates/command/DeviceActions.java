package dev.muster.updates.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.kernel.Refused;
import dev.muster.updates.ActionCommand.ActivateAutoConfirm;
import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.CancelAction;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionCommand.CancelForRollout;
import dev.muster.updates.ActionCommand.DeactivateAutoConfirm;
import dev.muster.updates.ActionCommand.DeclareInstalled;
import dev.muster.updates.ActionCommand.ExpireAction;
import dev.muster.updates.ActionCommand.ExpireHealth;
import dev.muster.updates.ActionCommand.GiveUpRetry;
import dev.muster.updates.ActionCommand.HoldBack;
import dev.muster.updates.ActionCommand.LetGo;
import dev.muster.updates.ActionCommand.MarkDownloading;
import dev.muster.updates.ActionCommand.MarkRetrieved;
import dev.muster.updates.ActionCommand.ProveHealth;
import dev.muster.updates.ActionCommand.ReportCancelFeedback;
import dev.muster.updates.ActionCommand.ReportConfirmation;
import dev.muster.updates.ActionCommand.ReportFeedback;
import dev.muster.updates.ActionCommand.RollBackUpdate;
import dev.muster.updates.ActionCommand.WithdrawActions;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionEvent.ActionCancelRequested;
import dev.muster.updates.ActionEvent.ActionConfirmed;
import dev.muster.updates.ActionEvent.AutoConfirmActivated;
import dev.muster.updates.ActionEvent.AutoConfirmDeactivated;
import dev.muster.updates.ActionEvent.DeviceLetGo;
import dev.muster.updates.Catalogue;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.command.AssignmentDecision.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * All updates of one device. They are decided in one place because they push each other aside: a new assignment
 * supersedes older ones, a cancel brings an older one back to the front.
 */
public class DeviceActions {

    @AggregateIdentifier
    private @Nullable String id;

    private final ActionsState state = new ActionsState();

    protected DeviceActions() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Assigned handle(AssignRelease command) {
        return apply(AssignmentDecision.assign(command, state.since(command.returnedAt())));
    }

    /**
     * Decides as one of several. It decides before anything happens, so a refusal leaves no trace in what is stored
     * with the others.
     *
     * @return null when it refuses
     */
    @Nullable
    Assigned assignedUnlessRefused(AssignRelease command) {
        Verdict verdict;
        try {
            verdict = AssignmentDecision.assign(command, state.since(command.returnedAt()));
        } catch (Refused e) {
            return null;
        }
        return apply(verdict);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Assigned handle(DeclareInstalled command) {
        return apply(AssignmentDecision.declare(command, state.since(command.returnedAt())));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(MarkRetrieved command) {
        apply(FeedbackDecision.retrieved(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(MarkDownloading command) {
        apply(FeedbackDecision.downloading(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ReportFeedback command, Clock clock) {
        apply(FeedbackDecision.feedback(command, state, clock.instant()));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ReportCancelFeedback command) {
        apply(FeedbackDecision.cancelFeedback(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ReportConfirmation command) {
        apply(FeedbackDecision.confirmation(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ActivateAutoConfirm command, Clock clock) {
        if (state.autoConfirmSince != null) {
            throw UpdatesRefusal.AUTO_CONFIRM_ALREADY_ACTIVE.because("The device confirms by itself already.");
        }
        List<ActionEvent> events = new ArrayList<>();
        events.add(
                new AutoConfirmActivated(command.deviceId(), command.initiator(), command.remark(), clock.instant()));
        for (OpenAction each : state.open.values()) {
            if (each.waiting()) {
                events.add(new ActionConfirmed(command.deviceId(), each.number(), null, List.of(), true));
            }
        }
        apply(events);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(DeactivateAutoConfirm command) {
        if (state.autoConfirmSince != null) {
            apply(List.of(new AutoConfirmDeactivated(command.deviceId())));
        }
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(CancelAction command) {
        OpenAction action = state.open.get(command.action());
        if (action == null && state.retrying != null && state.retrying.failed().number() == command.action()) {
            apply(List.of(state.retrying.givenUp(command.deviceId())));
            return;
        }
        if (action == null) {
            throw state.closed.containsKey(command.action())
                    ? UpdatesRefusal.ACTION_NOT_CANCELABLE.because("Action " + command.action() + " has ended.")
                    : UpdatesRefusal.ACTION_UNKNOWN.because("The device has no action " + command.action() + ".");
        }
        if (action.installed()) {
            throw UpdatesRefusal.ACTION_NOT_CANCELABLE.because("The device has installed it; only proof is awaited.");
        }
        if (command.force()) {
            if (!action.canceling()) {
                throw UpdatesRefusal.ACTION_NOT_CANCELING.because(
                        "Action " + command.action() + " was not asked to stop yet.");
            }
            apply(List.of(Closing.canceled(command.deviceId(), action, true)));
        } else if (!action.canceling()) {
            apply(List.of(new ActionCancelRequested(command.deviceId(), command.action(), command.cause())));
        }
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(CancelForRollout command) {
        List<ActionEvent> events = new ArrayList<>();
        if (state.retrying != null
                && command.rollout().equals(state.retrying.failed().rollout())) {
            events.add(state.retrying.givenUp(command.deviceId()));
        }
        for (OpenAction each : state.open.values()) {
            if (command.rollout().equals(each.rollout()) && !each.canceling() && !each.installed()) {
                events.add(new ActionCancelRequested(command.deviceId(), each.number(), CancelCause.ROLLOUT_ABORTED));
            }
        }
        apply(events);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ExpireAction command, Clock clock) {
        OpenAction action = state.open.get(command.action());
        if (action != null && !action.installed()) {
            apply(List.of(Closing.silent(command.deviceId(), action, Retrying.at(action, state, clock.instant()))));
        }
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ProveHealth command) {
        apply(HealthDecision.prove(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ExpireHealth command, Clock clock) {
        apply(HealthDecision.expire(command, state, clock.instant()));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(GiveUpRetry command) {
        apply(Retrying.giveUp(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Assigned handle(RollBackUpdate command, Catalogue catalogue) {
        return apply(RollbackDecision.rollBack(command, state.since(command.returnedAt()), catalogue));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(HoldBack command) {
        apply(HoldDecision.hold(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(LetGo command) {
        apply(HoldDecision.letGo(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(WithdrawActions command) {
        List<ActionEvent> events = new ArrayList<>();
        if (state.retrying != null && isFormer(state.retrying.failed().at(), command)) {
            events.add(state.retrying.givenUp(command.deviceId()));
        }
        for (OpenAction each : state.open.values()) {
            if (isFormer(each.at(), command)) {
                events.add(Closing.canceled(command.deviceId(), each, true));
            }
        }
        if (state.autoConfirmSince != null && isFormer(state.autoConfirmSince, command)) {
            events.add(new AutoConfirmDeactivated(command.deviceId()));
        }
        if (state.heldBack != null && isFormer(state.heldBack.at(), command)) {
            events.add(new DeviceLetGo(command.deviceId()));
        }
        apply(events);
    }

    private static boolean isFormer(Instant at, WithdrawActions command) {
        return command.returnedAt() == null || at.isBefore(command.returnedAt());
    }

    @EventSourcingHandler
    void on(ActionEvent event, @Timestamp Instant at) {
        id = "updates/" + event.deviceId();
        state.after(event, at);
    }

    private static Assigned apply(Verdict verdict) {
        apply(verdict.events());
        return verdict.answer();
    }

    private static void apply(List<ActionEvent> events) {
        events.forEach(AggregateLifecycle::apply);
    }
}
