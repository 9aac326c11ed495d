package dev.muster.updates.command;

import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCancelRequested;
import dev.muster.updates.ActionEvent.ActionCanceled;
import dev.muster.updates.ActionEvent.ActionConfirmed;
import dev.muster.updates.ActionEvent.ActionDenied;
import dev.muster.updates.ActionEvent.ActionDownloaded;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ActionEvent.ActionProgressed;
import dev.muster.updates.ActionEvent.ActionRetrieved;
import dev.muster.updates.ActionEvent.AutoConfirmActivated;
import dev.muster.updates.ActionEvent.AutoConfirmDeactivated;
import dev.muster.updates.ActionEvent.CancelProgressed;
import dev.muster.updates.ActionEvent.CancelRejected;
import dev.muster.updates.ActionEvent.InstalledDeclared;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What decisions about a device's updates need to know of their past. Changed only by {@link #after}; the maps are
 * this aggregate's own and never handed out.
 */
final class ActionsState {

    /** Actions under way, by number. */
    final TreeMap<Integer, OpenAction> open = new TreeMap<>();
    /** How ended actions ended, by number. */
    final TreeMap<Integer, ActionStatus> closed = new TreeMap<>();

    @Nullable
    ReleaseRef assigned;

    @Nullable
    ReleaseRef installed;

    /** The action that installed or declared {@link #installed}. */
    int installedBy;

    boolean autoConfirm;
    int lastNumber;

    /** The rollout that gave the newest action, if one did. */
    @Nullable
    RolloutId lastRollout;

    void after(ActionEvent event) {
        switch (event) {
            case ActionAssigned e -> {
                open.put(e.action(), OpenAction.of(e));
                assigned = e.release();
                lastNumber = e.action();
                lastRollout = e.rollout();
            }
            case ActionConfirmed e -> note(e.action(), ActionStatus.RUNNING, ActionStatus.RUNNING);
            case ActionDenied e ->
                note(e.action(), ActionStatus.WAIT_FOR_CONFIRMATION, ActionStatus.WAIT_FOR_CONFIRMATION);
            case ActionRetrieved e ->
                note(
                        e.action(),
                        e.canceling() ? ActionStatus.CANCELING : ActionStatus.RETRIEVED,
                        ActionStatus.RETRIEVED);
            case ActionProgressed e -> note(e.action(), null, e.status());
            case ActionCancelRequested e -> note(e.action(), ActionStatus.CANCELING, ActionStatus.CANCELING);
            case CancelProgressed e -> note(e.action(), null, e.status());
            case CancelRejected e -> note(e.action(), ActionStatus.RUNNING, e.status());
            case ActionFinished e -> {
                close(e.action(), ActionStatus.FINISHED);
                installed = e.release();
                installedBy = e.action();
                if (open.isEmpty()) {
                    assigned = e.release();
                }
            }
            case ActionFailed e -> {
                close(e.action(), ActionStatus.ERROR);
                assigned = open.isEmpty() ? null : open.firstEntry().getValue().release();
            }
            case ActionDownloaded e -> close(e.action(), ActionStatus.DOWNLOADED);
            case ActionCanceled e -> {
                close(e.action(), ActionStatus.CANCELED);
                assigned = open.isEmpty()
                        ? installed
                        : open.firstEntry().getValue().release();
            }
            case AutoConfirmActivated ignored -> autoConfirm = true;
            case AutoConfirmDeactivated ignored -> autoConfirm = false;
            case InstalledDeclared e -> {
                closed.put(e.action(), ActionStatus.FINISHED);
                lastNumber = e.action();
                installed = e.release();
                installedBy = e.action();
                assigned = e.release();
            }
        }
    }

    private void note(int action, @Nullable ActionStatus status, ActionStatus entry) {
        open.computeIfPresent(action, (number, a) -> status == null ? a.entry(entry) : a.entry(status, entry));
    }

    private void close(int action, ActionStatus status) {
        open.remove(action);
        closed.put(action, status);
    }
}
