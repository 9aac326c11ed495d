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
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import java.time.Instant;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What decisions about a device's updates need to know of their past. Changed only by {@link #after}; the maps are
 * this aggregate's own and never handed out.
 */
final class ActionsState {

    /** Actions under way, by number; also those that wait for proof of health. */
    final TreeMap<Integer, OpenAction> open = new TreeMap<>();
    /** How ended actions ended, by number. */
    final TreeMap<Integer, ActionStatus> closed = new TreeMap<>();

    /** The newest action, under way or ended; null also when the device declared something since. */
    @Nullable
    OpenAction newest;

    /** The action that failed and is to be tried again, null when none is. */
    @Nullable
    Retrying retrying;

    @Nullable
    Had assigned;

    @Nullable
    Had installed;

    /** The action that installed or declared {@link #installed}. */
    int installedBy;

    /** Since when the device agrees by itself, null when it does not. */
    @Nullable
    Instant autoConfirmSince;

    /** Why rollouts and standing assignments leave it alone, null when they do not. */
    @Nullable
    HeldBack heldBack;

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

    record HeldBack(String reason, Instant at) {}

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
        present.newest = newest == null || newest.at().isBefore(returned) ? null : newest;
        // What a former life left to be tried still has to be counted; it is no longer tried.
        present.retrying = retrying;
        present.assigned = since(returned, assigned);
        present.installed = since(returned, installed);
        present.installedBy = installedBy;
        present.autoConfirmSince =
                autoConfirmSince == null || autoConfirmSince.isBefore(returned) ? null : autoConfirmSince;
        present.heldBack = heldBack == null || heldBack.at().isBefore(returned) ? null : heldBack;
        present.lastNumber = lastNumber;
        present.lastRollout = lastRollout;
        return present;
    }

    private static @Nullable Had since(Instant returned, @Nullable Had had) {
        return had == null || had.at().isBefore(returned) ? null : had;
    }

    void after(ActionEvent event, Instant at) {
        switch (event) {
            case ActionAssigned e -> assigned(e, at);
            case ActionConfirmed e -> note(e.action(), a -> a.entry(ActionStatus.RUNNING, ActionStatus.RUNNING));
            case ActionDenied e ->
                note(e.action(), a -> a.entry(ActionStatus.WAIT_FOR_CONFIRMATION, ActionStatus.WAIT_FOR_CONFIRMATION));
            case ActionRetrieved e ->
                note(
                        e.action(),
                        a -> e.canceling()
                                ? a.entry(ActionStatus.CANCELING, ActionStatus.RETRIEVED)
                                : a.entry(ActionStatus.RETRIEVED, ActionStatus.RETRIEVED)
                                        .read(at));
            case ActionProgressed e -> note(e.action(), a -> a.entry(e.status()).read(at));
            case ActionCancelRequested e -> note(e.action(), OpenAction::askedToStop);
            case CancelProgressed e -> note(e.action(), a -> a.entry(e.status()));
            case CancelRejected e -> note(e.action(), a -> a.entry(ActionStatus.RUNNING, e.status()));
            case ActionInstalled e ->
                note(e.action(), a -> a.entry(ActionStatus.INSTALLED, ActionStatus.INSTALLED)
                        .read(at));
            case OtherVersionReported e -> note(e.action(), a -> a.says(e.version()));
            case ActionFinished e -> finished(e, at);
            case ActionFailed e -> failed(e);
            case RetryGivenUp ignored -> retrying = null;
            case ActionDownloaded e -> close(e.action(), ActionStatus.DOWNLOADED, true);
            case ActionCanceled e -> {
                close(e.action(), ActionStatus.CANCELED, !e.forced());
                assigned = open.isEmpty() ? installed : oldestOpen();
            }
            case AutoConfirmActivated ignored -> autoConfirmSince = at;
            case AutoConfirmDeactivated ignored -> autoConfirmSince = null;
            case DeviceHeldBack e -> heldBack = new HeldBack(e.reason(), at);
            case DeviceLetGo ignored -> heldBack = null;
            case InstalledDeclared e -> {
                closed.put(e.action(), ActionStatus.FINISHED);
                newest = null;
                lastNumber = e.action();
                installed = new Had(e.release(), at);
                installedBy = e.action();
                assigned = installed;
            }
        }
    }

    private void assigned(ActionAssigned e, Instant at) {
        OpenAction action = OpenAction.of(e, at);
        open.put(e.action(), action);
        newest = action;
        retrying = null;
        assigned = new Had(e.release(), at);
        lastNumber = e.action();
        lastRollout = e.rollout();
    }

    private void finished(ActionFinished e, Instant at) {
        OpenAction done = close(e.action(), ActionStatus.FINISHED, true);
        // However late the device's word comes: it is about what it was given then.
        installed = new Had(e.release(), done == null ? at : done.at());
        installedBy = e.action();
        if (open.isEmpty()) {
            assigned = installed;
        }
    }

    private void failed(ActionFailed e) {
        OpenAction done = close(e.action(), ActionStatus.ERROR, !e.timedOut());
        assigned = oldestOpen();
        if (e.retryAt() != null && done != null) {
            retrying = new Retrying(done, e.timedOut(), e.code(), e.messages());
        }
    }

    private void note(int number, UnaryOperator<OpenAction> change) {
        OpenAction before = open.get(number);
        if (before == null) {
            return;
        }
        OpenAction after = change.apply(before);
        open.put(number, after);
        if (newest != null && newest.number() == number) {
            newest = after;
        }
    }

    private @Nullable OpenAction close(int number, ActionStatus status, boolean byDevice) {
        closed.put(number, status);
        OpenAction done = open.remove(number);
        if (done != null && newest != null && newest.number() == number) {
            newest = done.ended(status, byDevice);
        }
        return done;
    }

    private @Nullable Had oldestOpen() {
        return open.isEmpty()
                ? null
                : new Had(
                        open.firstEntry().getValue().release(),
                        open.firstEntry().getValue().at());
    }
}
