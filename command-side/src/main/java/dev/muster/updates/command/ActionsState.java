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
import java.time.Instant;
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
    Had assigned;

    @Nullable
    Had installed;

    /** The action that installed or declared {@link #installed}. */
    int installedBy;

    /** Since when the device agrees by itself, null when it does not. */
    @Nullable
    Instant autoConfirmSince;

    int lastNumber;

    /** The rollout that gave the newest action, if one did. */
    @Nullable
    RolloutId lastRollout;

    /** A release that the device has or is to have, with when it was given to it. */
    record Had(ReleaseRef release, Instant at) {

        boolean is(ReleaseRef other) {
            return release.id().equals(other.id());
        }
    }

    /**
     * What of this counts for a device that was decommissioned and is back since {@code returned}, null if it never
     * left. It starts afresh, with nothing under way, installed or agreed to; its numbers go on, and what has ended
     * stays ended. The log's own times tell its lives apart, so it does not matter how soon the end of one is heard of.
     */
    ActionsState since(@Nullable Instant returned) {
        if (returned == null) {
            return this;
        }
        ActionsState present = new ActionsState();
        present.open.putAll(open);
        present.open.values().removeIf(action -> action.at().isBefore(returned));
        present.closed.putAll(closed);
        present.assigned = since(returned, assigned);
        present.installed = since(returned, installed);
        present.installedBy = installedBy;
        present.autoConfirmSince =
                autoConfirmSince == null || autoConfirmSince.isBefore(returned) ? null : autoConfirmSince;
        present.lastNumber = lastNumber;
        present.lastRollout = lastRollout;
        return present;
    }

    private static @Nullable Had since(Instant returned, @Nullable Had had) {
        return had == null || had.at().isBefore(returned) ? null : had;
    }

    void after(ActionEvent event, Instant at) {
        switch (event) {
            case ActionAssigned e -> {
                open.put(e.action(), OpenAction.of(e, at));
                assigned = new Had(e.release(), at);
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
                OpenAction done = close(e.action(), ActionStatus.FINISHED);
                // However late the device's word comes: it is about what it was given then.
                installed = new Had(e.release(), done == null ? at : done.at());
                installedBy = e.action();
                if (open.isEmpty()) {
                    assigned = installed;
                }
            }
            case ActionFailed e -> {
                close(e.action(), ActionStatus.ERROR);
                assigned = oldestOpen();
            }
            case ActionDownloaded e -> close(e.action(), ActionStatus.DOWNLOADED);
            case ActionCanceled e -> {
                close(e.action(), ActionStatus.CANCELED);
                assigned = open.isEmpty() ? installed : oldestOpen();
            }
            case AutoConfirmActivated ignored -> autoConfirmSince = at;
            case AutoConfirmDeactivated ignored -> autoConfirmSince = null;
            case InstalledDeclared e -> {
                closed.put(e.action(), ActionStatus.FINISHED);
                lastNumber = e.action();
                installed = new Had(e.release(), at);
                installedBy = e.action();
                assigned = installed;
            }
        }
    }

    private void note(int action, @Nullable ActionStatus status, ActionStatus entry) {
        open.computeIfPresent(action, (number, a) -> status == null ? a.entry(entry) : a.entry(status, entry));
    }

    private @Nullable OpenAction close(int action, ActionStatus status) {
        closed.put(action, status);
        return open.remove(action);
    }

    private @Nullable Had oldestOpen() {
        return open.isEmpty()
                ? null
                : new Had(
                        open.firstEntry().getValue().release(),
                        open.firstEntry().getValue().at());
    }
}
