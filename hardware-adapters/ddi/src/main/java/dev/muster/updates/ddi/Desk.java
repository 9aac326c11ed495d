package dev.muster.updates.ddi;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent;
import dev.muster.registry.DeviceEvent.*;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionEvent.*;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.ReleaseEvent;
import dev.muster.updates.ReleaseEvent.*;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.SettingsEvent;
import dev.muster.updates.SettingsEvent.SettingsChanged;
import dev.muster.updates.UpdateSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The desk at which devices ask: per device exactly what it is to be told, folded from the log. One thread writes
 * (the fold), many read without locks. A poll is answered from here and from nowhere else.
 */
public final class Desk implements Fold {

    private final Map<String, DeskEntry> entries = new ConcurrentHashMap<>();
    private final Map<ReleaseId, DeskRelease> releases = new ConcurrentHashMap<>();
    /** Thousands of actions of a rollout share one window; so does the desk. Only the fold's thread touches it. */
    private final Map<MaintenanceWindow, MaintenanceWindow> windows = new ConcurrentHashMap<>();

    private volatile TenantRules rules = TenantRules.of(UpdateSettings.DEFAULTS);

    @Override
    public String name() {
        return "ddi-desk";
    }

    /** How many devices the desk knows. */
    public int size() {
        return entries.size();
    }

    TenantRules rules() {
        return rules;
    }

    @Nullable
    DeskEntry find(String deviceId) {
        return entries.get(deviceId);
    }

    /** Also finds deleted ones: running actions still need them. */
    @Nullable
    DeskRelease release(ReleaseId id) {
        return releases.get(id);
    }

    /** The release, or one without content when the log never told of it. */
    DeskRelease release(ReleaseRef ref) {
        DeskRelease release = releases.get(ref.id());
        return release != null ? release : new DeskRelease(ref, List.of(), true);
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case ActionEvent event -> action(event, recorded.position());
            case DeviceEvent event -> device(event, recorded.position());
            case ReleaseEvent event -> release(event);
            case SettingsEvent event -> settings(event);
            default -> {
                // Other capabilities tell the desk nothing.
            }
        }
    }

    private void settings(SettingsEvent event) {
        switch (event) {
            case SettingsChanged e -> rules = TenantRules.of(e.settings());
        }
    }

    private void release(ReleaseEvent event) {
        switch (event) {
            case ReleaseCreated e ->
                releases.put(
                        e.releaseId(),
                        new DeskRelease(new ReleaseRef(e.releaseId(), e.name(), e.version()), e.modules(), false));
            case ReleaseDeleted e ->
                releases.computeIfPresent(e.releaseId(), (id, r) -> new DeskRelease(r.ref(), r.modules(), true));
            case ReleaseInvalidated ignored -> {
                // Devices hear of it by the cancels that follow.
            }
        }
    }

    private void device(DeviceEvent event, long position) {
        if (event instanceof DeviceRegistered e) {
            entries.put(
                    e.deviceId().value(),
                    DeskEntry.create(e.deviceId(), position)
                            .credential(e.tokenDigest())
                            .address(e.address())
                            .entry());
            return;
        }
        if (event instanceof DeviceDecommissioned e) {
            entries.remove(e.deviceId().value());
            return;
        }
        DeskEntry.Draft draft = draft(event.deviceId(), position);
        if (draft == null) {
            return;
        }
        switch (event) {
            case AttributesReported ignored -> draft.attributesWanted(false);
            case AttributesRequested ignored -> draft.attributesWanted(true);
            case FirstContactMade ignored -> draft.contactMade();
            case AddressChanged e -> draft.address(e.address());
            case TokenIssued e -> draft.credential(e.tokenDigest());
            case TokenWithdrawn ignored -> draft.credential(null);
            case DeviceRenamed ignored -> {}
            case DeviceGrouped ignored -> {}
            case DeviceTagged ignored -> {}
            case DeviceDescribed ignored -> {}
            case DeviceFellSilent ignored -> {}
            case DeviceCameBack ignored -> {}
            case DeviceRegistered ignored -> {}
            case DeviceDecommissioned ignored -> {}
        }
        // Even a new name makes a new entry: polling rules may look at it.
        put(draft);
    }

    private void action(ActionEvent event, long position) {
        DeskEntry entry = entries.get(event.deviceId().value());
        if (entry == null) {
            return;
        }
        DeskEntry.Draft draft = entry.change(position);
        switch (event) {
            case ActionAssigned e -> draft.add(DeskAction.of(shared(e), release(e.release())));
            case ActionConfirmed e -> turn(entry, draft, e.action(), ActionStatus.RUNNING);
            case ActionDenied e -> turn(entry, draft, e.action(), ActionStatus.WAIT_FOR_CONFIRMATION);
            case ActionCancelRequested e -> turn(entry, draft, e.action(), ActionStatus.CANCELING);
            case CancelRejected e -> turn(entry, draft, e.action(), ActionStatus.RUNNING);
            case ActionRetrieved e -> {
                DeskAction action = entry.active(e.action());
                if (action != null) {
                    draft.replace(action.read());
                }
            }
            case ActionProgressed e -> note(entry, draft, e.action());
            case CancelProgressed e -> note(entry, draft, e.action());
            case ActionInstalled e -> {
                DeskAction action = entry.active(e.action());
                if (action != null) {
                    draft.prove(action).attributesWanted(true);
                }
            }
            case OtherVersionReported ignored -> {}
            case ActionFinished e -> {
                DeskAction action = end(entry, draft, e.action(), ActionStatus.FINISHED);
                if (action != null) {
                    draft.installed(action.ended(ActionStatus.FINISHED)).attributesWanted(true);
                }
            }
            case ActionFailed e -> end(entry, draft, e.action(), ActionStatus.ERROR);
            case RetryGivenUp ignored -> {}
            case ActionDownloaded e -> {
                if (end(entry, draft, e.action(), ActionStatus.DOWNLOADED) != null) {
                    draft.attributesWanted(true);
                }
            }
            case ActionCanceled e -> end(entry, draft, e.action(), ActionStatus.CANCELED);
            case AutoConfirmActivated e ->
                draft.autoConfirm(new DeskEntry.AutoConfirm(e.initiator(), e.remark(), e.at()));
            case AutoConfirmDeactivated ignored -> draft.autoConfirm(null);
            case DeviceHeldBack ignored -> {}
            case DeviceLetGo ignored -> {}
            case InstalledDeclared e ->
                draft.close(e.action(), ActionStatus.FINISHED)
                        .installed(DeskAction.declared(e.action(), release(e.release())));
        }
        put(draft);
    }

    private static void turn(DeskEntry entry, DeskEntry.Draft draft, int number, ActionStatus to) {
        DeskAction action = entry.active(number);
        if (action != null) {
            draft.replace(action.turned(to));
        }
    }

    private static void note(DeskEntry entry, DeskEntry.Draft draft, int number) {
        DeskAction action = entry.active(number);
        if (action != null) {
            draft.replace(action.noted());
        }
    }

    /** An action that the entry does not know ends late: the device left meanwhile and is back, and starts afresh. */
    private static @Nullable DeskAction end(DeskEntry entry, DeskEntry.Draft draft, int number, ActionStatus as) {
        DeskAction active = entry.active(number);
        DeskAction action = active == null ? entry.proving(number) : active;
        if (action != null) {
            draft.close(number, as);
        }
        return action;
    }

    private ActionAssigned shared(ActionAssigned e) {
        if (e.window() == null) {
            return e;
        }
        if (windows.size() > 10_000) {
            windows.clear();
        }
        MaintenanceWindow known = windows.putIfAbsent(e.window(), e.window());
        return known == null
                ? e
                : new ActionAssigned(
                        e.deviceId(),
                        e.action(),
                        e.release(),
                        e.migrationStep(),
                        e.type(),
                        e.forcedAt(),
                        e.weight(),
                        known,
                        e.waiting(),
                        e.timeout(),
                        e.rollout(),
                        e.group(),
                        e.tries(),
                        e.healthyWithin(),
                        e.before(),
                        e.rollsBack());
    }

    private DeskEntry.@Nullable Draft draft(DeviceId id, long position) {
        DeskEntry entry = entries.get(id.value());
        return entry == null ? null : entry.change(position);
    }

    private void put(DeskEntry.Draft draft) {
        DeskEntry entry = draft.entry();
        entries.put(entry.id.value(), entry);
    }
}
