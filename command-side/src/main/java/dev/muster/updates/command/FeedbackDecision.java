package dev.muster.updates.command;

import dev.muster.updates.ActionCommand.MarkDownloading;
import dev.muster.updates.ActionCommand.MarkRetrieved;
import dev.muster.updates.ActionCommand.ReportCancelFeedback;
import dev.muster.updates.ActionCommand.ReportConfirmation;
import dev.muster.updates.ActionCommand.ReportFeedback;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionEvent.ActionConfirmed;
import dev.muster.updates.ActionEvent.ActionDenied;
import dev.muster.updates.ActionEvent.ActionProgressed;
import dev.muster.updates.ActionEvent.ActionRetrieved;
import dev.muster.updates.ActionEvent.CancelProgressed;
import dev.muster.updates.ActionEvent.CancelRejected;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.Feedback;
import dev.muster.updates.Feedback.Execution;
import dev.muster.updates.Feedback.Finished;
import dev.muster.updates.UpdatesRefusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What follows from a device's word. Source: DDI contract §7 (retrieved), §8 (feedback), §9 (cancel), §11
 * (confirmation). Order of arrival counts, never the device's clock.
 */
final class FeedbackDecision {

    /** Status entries an action may have, the first one included; a closing word is never refused for it. */
    static final int ENTRIES_MAX = 1000;

    private FeedbackDecision() {}

    static List<ActionEvent> retrieved(MarkRetrieved c, ActionsState state) {
        OpenAction action = state.open.get(c.action());
        if (action == null) {
            // A closed action may be read again; that is no news.
            if (state.closed.containsKey(c.action())) {
                return List.of();
            }
            throw unknown(c.action());
        }
        if (action.installed() && !c.cancel()) {
            return List.of();
        }
        if (action.waiting() || action.canceling() != c.cancel()) {
            throw unknown(c.action());
        }
        return action.lastEntry() == ActionStatus.RETRIEVED || action.entries() >= ENTRIES_MAX
                ? List.of()
                : List.of(new ActionRetrieved(c.deviceId(), c.action(), c.cancel()));
    }

    static List<ActionEvent> downloading(MarkDownloading c, ActionsState state) {
        OpenAction action = state.open.get(c.action());
        // A download never fails because the log of its action is full.
        if (action == null
                || action.canceling()
                || action.waiting()
                || action.installed()
                || action.entries() >= ENTRIES_MAX) {
            return List.of();
        }
        return List.of(new ActionProgressed(
                c.deviceId(),
                c.action(),
                ActionStatus.DOWNLOAD,
                null,
                null,
                null,
                List.of("Update Server: The device downloads " + c.fileName()),
                null));
    }

    static List<ActionEvent> feedback(ReportFeedback c, ActionsState state, Instant now) {
        OpenAction action = onlyOpen(c.action(), state);
        if (action.waiting()) {
            throw UpdatesRefusal.ACTION_WAITS_FOR_CONFIRMATION.because("Action " + c.action() + " is not confirmed.");
        }
        Feedback f = c.feedback();
        boolean failure = f.execution() == Execution.CLOSED && f.finished() == Finished.FAILURE;
        if (action.installed() && !failure) {
            // Said before. That it failed after all is news, until its health is proven.
            throw ended(c.action());
        }
        if (f.execution() == Execution.CLOSED) {
            return List.of(
                    failure
                            ? Closing.failed(c.deviceId(), action, f, Retrying.at(action, state, now))
                            : HealthDecision.installed(c.deviceId(), action, f, now));
        }
        onlyWithinTheQuota(action);
        if (f.execution() == Execution.DOWNLOADED && action.type() == ActionType.DOWNLOAD_ONLY && !action.canceling()) {
            return List.of(Closing.downloaded(c.deviceId(), action, f));
        }
        ActionStatus status =
                switch (f.execution()) {
                    case DOWNLOAD -> ActionStatus.DOWNLOAD;
                    case DOWNLOADED -> ActionStatus.DOWNLOADED;
                    case CANCELED -> ActionStatus.CANCELED;
                    case REJECTED -> ActionStatus.WARNING;
                    case PROCEEDING, SCHEDULED, RESUMED, CLOSED -> ActionStatus.RUNNING;
                };
        return List.of(new ActionProgressed(
                c.deviceId(), c.action(), status, f.done(), f.of(), f.code(), f.messages(), f.deviceTime()));
    }

    static List<ActionEvent> cancelFeedback(ReportCancelFeedback c, ActionsState state) {
        OpenAction action = state.open.get(c.action());
        if (action == null) {
            ActionStatus end = state.closed.get(c.action());
            if (end == null) {
                throw unknown(c.action());
            }
            if (end == ActionStatus.CANCELED) {
                return List.of();
            }
            throw notCanceling(c.action());
        }
        if (!action.canceling()) {
            throw notCanceling(c.action());
        }
        Feedback f = c.feedback();
        if (f.execution() == Execution.CLOSED) {
            return List.of(
                    f.finished() == Finished.FAILURE
                            ? new CancelRejected(c.deviceId(), c.action(), ActionStatus.ERROR, f.code(), f.messages())
                            : Closing.canceled(c.deviceId(), action, f));
        }
        onlyWithinTheQuota(action);
        return List.of(
                switch (f.execution()) {
                    case REJECTED ->
                        new CancelRejected(
                                c.deviceId(), c.action(), ActionStatus.CANCEL_REJECTED, f.code(), f.messages());
                    // A device that says "canceled" has not confirmed: confirming is "closed".
                    case CANCELED ->
                        new CancelProgressed(c.deviceId(), c.action(), ActionStatus.WARNING, f.code(), f.messages());
                    default ->
                        new CancelProgressed(c.deviceId(), c.action(), ActionStatus.RUNNING, f.code(), f.messages());
                });
    }

    static List<ActionEvent> confirmation(ReportConfirmation c, ActionsState state) {
        OpenAction action = onlyOpen(c.action(), state);
        if (action.installed()) {
            throw ended(c.action());
        }
        if (action.canceling()) {
            throw notWaiting(c.action());
        }
        if (action.waiting()) {
            return List.of(
                    c.confirmed()
                            ? new ActionConfirmed(c.deviceId(), c.action(), c.code(), c.messages(), false)
                            : new ActionDenied(c.deviceId(), c.action(), c.code(), c.messages()));
        }
        // Consent once given can be taken back while the flow is on.
        if (c.confirmed() || !c.flowEnabled()) {
            throw notWaiting(c.action());
        }
        return List.of(new ActionDenied(c.deviceId(), c.action(), c.code(), c.messages()));
    }

    static OpenAction onlyOpen(int number, ActionsState state) {
        OpenAction action = state.open.get(number);
        if (action != null) {
            return action;
        }
        if (state.closed.containsKey(number)) {
            throw ended(number);
        }
        throw unknown(number);
    }

    private static RuntimeException ended(int number) {
        return UpdatesRefusal.ACTION_CLOSED.because("Action " + number + " has ended.");
    }

    private static void onlyWithinTheQuota(OpenAction action) {
        if (action.entries() >= ENTRIES_MAX) {
            throw UpdatesRefusal.QUOTA_EXCEEDED.because(
                    "Action " + action.number() + " has " + ENTRIES_MAX + " status entries.",
                    Map.of("limit", ENTRIES_MAX));
        }
    }

    private static RuntimeException unknown(int number) {
        return UpdatesRefusal.ACTION_UNKNOWN.because("The device has no action " + number + " here.");
    }

    private static RuntimeException notCanceling(int number) {
        return UpdatesRefusal.ACTION_NOT_CANCELING.because("Action " + number + " is not being canceled.");
    }

    private static RuntimeException notWaiting(int number) {
        return UpdatesRefusal.ACTION_NOT_WAITING.because("Action " + number + " does not wait for confirmation.");
    }
}
