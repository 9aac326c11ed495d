package dev.muster.updates.query;

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
import dev.muster.updates.DeviceView.UpdateStatus;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How what happens to a device's updates changes its state; the rules are those of the DDI contract's target status. An
 * end of an action that the state does not know comes late: the device left meanwhile and is back, and starts afresh.
 */
final class UpdateChanges {

    /** More actions than this are not listed on a device; they stay in the log and the views. */
    static final int ACTIONS_MAX = 1000;

    private final Map<ReleaseId, ReleaseRef> releases = new HashMap<>();

    /** The state after the event; the same object when nothing of it concerns the index. */
    DeviceState after(DeviceState before, ActionEvent event) {
        return switch (event) {
            case ActionAssigned e -> assigned(before.copy(), e);
            case ActionInstalled e -> before.works(e.action()) ? installed(before.copy(), e) : before;
            case OtherVersionReported e -> before;
            case ActionFinished e -> before.works(e.action()) ? finished(before.copy(), e) : before;
            case ActionFailed e -> before.works(e.action()) ? failed(before.copy(), e) : before;
            case RetryGivenUp e -> outcome(before.copy(), e.action(), MemberStatus.FAILED);
            case ActionDownloaded e -> before.works(e.action()) ? downloaded(before.copy(), e) : before;
            case ActionCanceled e -> before.works(e.action()) ? canceled(before.copy(), e) : before;
            case InstalledDeclared e -> declared(before.copy(), e);
            case AutoConfirmActivated e -> autoConfirm(before.copy(), true);
            case AutoConfirmDeactivated e -> autoConfirm(before.copy(), false);
            case DeviceHeldBack e -> heldBack(before.copy(), e.reason());
            case DeviceLetGo e -> heldBack(before.copy(), null);
            case ActionConfirmed e -> before;
            case ActionDenied e -> before;
            case ActionRetrieved e -> before;
            case ActionProgressed e -> before;
            case ActionCancelRequested e -> before;
            case CancelProgressed e -> before;
            case CancelRejected e -> before;
        };
    }

    private DeviceState assigned(DeviceState next, ActionAssigned event) {
        ReleaseRef release = shared(event.release());
        Integer weight = event.weight();
        DeviceState.Active active = new DeviceState.Active(
                event.action(), release, weight == null ? DeviceState.Active.WEIGHT_MAX : weight);
        next.actions = with(next.actions, event.action());
        next.active = Arrays.copyOf(next.active, next.active.length + 1);
        next.active[next.active.length - 1] = active;
        next.assigned = release;
        next.updateStatus = UpdateStatus.PENDING;
        if (event.rollout() != null) {
            Integer group = event.group();
            join(next, new DeviceState.Membership(event.rollout(), group == null ? 0 : group, event.action(), null));
        }
        return next;
    }

    /** The end of a superseded action while another waits changes what is installed, but not what is pending. */
    private DeviceState finished(DeviceState next, ActionFinished event) {
        ReleaseRef release = shared(event.release());
        end(next, event.action(), MemberStatus.SUCCEEDED);
        next.installed = release;
        next.attributesRequested = true;
        if (release.equals(next.assigned) || next.active.length == 0) {
            next.updateStatus = UpdateStatus.IN_SYNC;
        }
        return next;
    }

    /** Done as far as the device is concerned: other actions come first from now on. */
    private static DeviceState installed(DeviceState next, ActionInstalled event) {
        next.active = Arrays.stream(next.active)
                .map(each -> each.action() == event.action() ? each.proving() : each)
                .toArray(DeviceState.Active[]::new);
        next.attributesRequested = true;
        return next;
    }

    /** What is tried again has not failed in its rollout yet. */
    private DeviceState failed(DeviceState next, ActionFailed event) {
        end(next, event.action(), event.retryAt() == null ? MemberStatus.FAILED : null);
        next.assigned = null;
        next.updateStatus = UpdateStatus.ERROR;
        return next;
    }

    private DeviceState downloaded(DeviceState next, ActionDownloaded event) {
        end(next, event.action(), MemberStatus.SUCCEEDED);
        next.attributesRequested = true;
        next.updateStatus = UpdateStatus.IN_SYNC;
        return next;
    }

    private DeviceState canceled(DeviceState next, ActionCanceled event) {
        end(next, event.action(), MemberStatus.CANCELED);
        if (next.active.length == 0) {
            next.assigned = next.installed;
            next.updateStatus = UpdateStatus.IN_SYNC;
        } else {
            next.assigned = next.active[next.active.length - 1].release();
        }
        return next;
    }

    private DeviceState declared(DeviceState next, InstalledDeclared event) {
        ReleaseRef release = shared(event.release());
        next.actions = with(next.actions, event.action());
        next.installed = release;
        if (next.active.length == 0) {
            next.assigned = release;
            next.updateStatus = UpdateStatus.IN_SYNC;
        }
        return next;
    }

    private static DeviceState autoConfirm(DeviceState next, boolean active) {
        next.autoConfirm = active;
        return next;
    }

    private static DeviceState heldBack(DeviceState next, @Nullable String reason) {
        next.heldBack = reason;
        return next;
    }

    /** @param outcome for its rollout, null when that is still open */
    private static void end(DeviceState next, int action, @Nullable MemberStatus outcome) {
        next.active = Arrays.stream(next.active)
                .filter(each -> each.action() != action)
                .toArray(DeviceState.Active[]::new);
        outcome(next, action, outcome);
    }

    private static DeviceState outcome(DeviceState next, int action, @Nullable MemberStatus outcome) {
        for (int i = next.memberships.length - 1; i >= 0; i--) {
            DeviceState.Membership each = next.memberships[i];
            if (each.action() == action) {
                next.memberships = next.memberships.clone();
                next.memberships[i] = new DeviceState.Membership(each.rollout(), each.group(), action, outcome);
                return next;
            }
        }
        return next;
    }

    /** A further try takes the place of the one before. */
    private static void join(DeviceState next, DeviceState.Membership membership) {
        for (int i = 0; i < next.memberships.length; i++) {
            if (next.memberships[i].rollout().equals(membership.rollout())) {
                next.memberships = next.memberships.clone();
                next.memberships[i] = membership;
                return;
            }
        }
        int kept = Math.min(next.memberships.length, DeviceState.Membership.KEPT_MAX - 1);
        DeviceState.Membership[] all =
                Arrays.copyOfRange(next.memberships, next.memberships.length - kept, next.memberships.length + 1);
        all[kept] = membership;
        next.memberships = all;
    }

    private static int[] with(int[] actions, int action) {
        int kept = Math.min(actions.length, ACTIONS_MAX - 1);
        int[] all = Arrays.copyOfRange(actions, actions.length - kept, actions.length + 1);
        all[kept] = action;
        return all;
    }

    /** Every device with one release points at one object. There are as many as there were ever releases. */
    private ReleaseRef shared(ReleaseRef release) {
        ReleaseRef known = releases.putIfAbsent(release.id(), release);
        return known == null || !known.equals(release) ? release : known;
    }
}
