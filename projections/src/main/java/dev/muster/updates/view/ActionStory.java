package dev.muster.updates.view;

import dev.muster.updates.ActionCommand.Tries;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCancelRequested;
import dev.muster.updates.ActionEvent.ActionCanceled;
import dev.muster.updates.ActionEvent.ActionConfirmed;
import dev.muster.updates.ActionEvent.ActionDenied;
import dev.muster.updates.ActionEvent.ActionDownloaded;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ActionEvent.ActionInstalled;
import dev.muster.updates.ActionEvent.ActionProgressed;
import dev.muster.updates.ActionEvent.ActionRetrieved;
import dev.muster.updates.ActionEvent.AutoConfirmActivated;
import dev.muster.updates.ActionEvent.AutoConfirmDeactivated;
import dev.muster.updates.ActionEvent.CancelProgressed;
import dev.muster.updates.ActionEvent.CancelRejected;
import dev.muster.updates.ActionEvent.DeviceHeldBack;
import dev.muster.updates.ActionEvent.DeviceLetGo;
import dev.muster.updates.ActionEvent.InstalledDeclared;
import dev.muster.updates.ActionEvent.OtherVersionReported;
import dev.muster.updates.ActionEvent.RetryGivenUp;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.ActionView;
import dev.muster.updates.ActionView.Entry;
import dev.muster.updates.FailureReason;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an action's document changes with what happens to it. */
final class ActionStory {

    private ActionStory() {}

    /** The document after the event; null when there is none to change. */
    static @Nullable ActionView after(@Nullable ActionView before, ActionEvent event, Instant at) {
        if (event instanceof ActionAssigned e) {
            return assigned(e, at);
        }
        if (event instanceof InstalledDeclared e) {
            return declared(e, at);
        }
        return before == null
                ? null
                : changed(new ActionDraft(before, at), event).done();
    }

    private static ActionDraft changed(ActionDraft draft, ActionEvent event) {
        return switch (event) {
            case ActionConfirmed e ->
                draft.status(ActionStatus.RUNNING).entry(ActionStatus.RUNNING, e.code(), e.messages(), null);
            case ActionDenied e -> draft.entry(ActionStatus.WAIT_FOR_CONFIRMATION, e.code(), e.messages(), null);
            case ActionRetrieved e ->
                (e.canceling() ? draft : draft.status(ActionStatus.RETRIEVED))
                        .entry(ActionStatus.RETRIEVED, null, List.of(), null);
            case ActionProgressed e ->
                draft.steps(e.done(), e.of()).entry(e.status(), e.code(), e.messages(), e.deviceTime());
            case ActionInstalled e ->
                draft.status(ActionStatus.INSTALLED)
                        .provenBy(e.provenBy())
                        .entry(ActionStatus.INSTALLED, e.code(), e.messages(), e.deviceTime());
            case OtherVersionReported e ->
                draft.reported(e.version())
                        .entry(
                                draft.current(),
                                null,
                                List.of("Update Server: The device reports version " + e.version() + "."),
                                null);
            case ActionFinished e ->
                draft.end(ActionStatus.FINISHED).entry(ActionStatus.FINISHED, e.code(), e.messages(), e.deviceTime());
            case ActionFailed e ->
                draft.end(ActionStatus.ERROR)
                        .timedOut(e.timedOut())
                        .retryAt(e.retryAt())
                        .entry(ActionStatus.ERROR, e.code(), e.messages(), e.deviceTime());
            case RetryGivenUp e ->
                draft.retryAt(null).entry(ActionStatus.ERROR, null, List.of(FailureReason.GIVEN_UP), null);
            case ActionDownloaded e ->
                draft.end(ActionStatus.DOWNLOADED)
                        .entry(ActionStatus.DOWNLOADED, e.code(), e.messages(), e.deviceTime());
            case ActionCancelRequested e ->
                draft.status(ActionStatus.CANCELING)
                        .entry(ActionStatus.CANCELING, null, List.of("Asked to stop: " + words(e.cause())), null);
            case CancelProgressed e -> draft.entry(e.status(), e.code(), e.messages(), null);
            case CancelRejected e -> draft.status(ActionStatus.RUNNING).entry(e.status(), e.code(), e.messages(), null);
            case ActionCanceled e ->
                draft.end(ActionStatus.CANCELED)
                        .entry(
                                ActionStatus.CANCELED,
                                e.code(),
                                e.forced() && e.messages().isEmpty()
                                        ? List.of("Ended without the device's word")
                                        : e.messages(),
                                null);
            case ActionAssigned e -> draft;
            case InstalledDeclared e -> draft;
            case AutoConfirmActivated e -> draft;
            case AutoConfirmDeactivated e -> draft;
            case DeviceHeldBack e -> draft;
            case DeviceLetGo e -> draft;
        };
    }

    private static ActionView assigned(ActionAssigned e, Instant at) {
        ActionStatus status = e.waiting() ? ActionStatus.WAIT_FOR_CONFIRMATION : ActionStatus.RUNNING;
        Tries tries = e.tries();
        return new ActionView(
                e.deviceId(),
                e.action(),
                e.release(),
                e.type(),
                e.forcedAt(),
                e.weight(),
                e.window(),
                status,
                true,
                null,
                e.rollout(),
                e.group(),
                at,
                at,
                null,
                null,
                null,
                tries == null ? null : tries.attempt(),
                tries == null ? null : tries.retry().times() + 1,
                null,
                null,
                null,
                e.before(),
                e.rollsBack(),
                null,
                List.of(new Entry(status, at, null, List.of(), null, null)));
    }

    private static ActionView declared(InstalledDeclared e, Instant at) {
        return new ActionView(
                e.deviceId(),
                e.action(),
                e.release(),
                ActionType.FORCED,
                null,
                null,
                null,
                ActionStatus.FINISHED,
                false,
                null,
                null,
                null,
                at,
                at,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(new Entry(
                        ActionStatus.FINISHED,
                        at,
                        null,
                        List.of("The device says that it runs this already"),
                        null,
                        null)));
    }

    private static String words(Enum<?> cause) {
        return cause.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
