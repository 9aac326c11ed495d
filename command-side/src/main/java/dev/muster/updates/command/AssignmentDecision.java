package dev.muster.updates.command;

import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionCommand.DeclareInstalled;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCancelRequested;
import dev.muster.updates.ActionEvent.InstalledDeclared;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.command.ActionsState.Had;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What follows from giving a device a release, or from its word that it runs one. */
final class AssignmentDecision {

    static final int ACTIONS_MAX = 2000;
    static final int WEIGHT_MAX = 1000;

    /** What happens, and what the asker is told. */
    record Verdict(List<ActionEvent> events, Assigned answer) {}

    private AssignmentDecision() {}

    static Verdict assign(AssignRelease c, ActionsState state) {
        boolean nextTry = state.retrying != null && state.retrying.isFollowedBy(c);
        if (c.rollout() != null && c.rollout().equals(state.lastRollout) && !nextTry) {
            // The rollout has served this device before: an interrupted offer is being repeated. Whatever the device
            // says of itself by now, its action is there and will be counted.
            return new Verdict(List.of(), new Assigned(state.lastNumber, true));
        }
        onlyFittingHardware(c.compatibility(), c.hardware());
        onlySensibleWeight(c.weight());
        if (c.tries() != null && c.tries().attempt() > 1 && !nextTry) {
            // Something else came in between.
            return new Verdict(List.of(), new Assigned(state.lastNumber, false));
        }
        HoldDecision.onlyWhatMayCome(c, state);
        for (OpenAction each : state.open.values()) {
            if (serves(each, c)) {
                return new Verdict(List.of(), new Assigned(each.number(), false));
            }
        }
        // A release that was only downloaded may still be ordered to be installed.
        if (!c.again()
                && state.open.isEmpty()
                && has(state.assigned, c.release())
                && has(state.installed, c.release())) {
            return new Verdict(List.of(), new Assigned(state.installedBy, false));
        }
        onlyNewNumbers(c.action(), state);
        List<ActionEvent> events = new ArrayList<>();
        if (state.retrying != null && !nextTry) {
            events.add(state.retrying.givenUp(c.deviceId()));
        }
        for (OpenAction older : state.open.values()) {
            if (older.migrationStep() || older.canceling() || older.installed()) {
                continue;
            }
            events.add(
                    c.autoClose()
                            ? Closing.canceled(c.deviceId(), older, true)
                            : new ActionCancelRequested(c.deviceId(), older.number(), CancelCause.SUPERSEDED));
        }
        events.add(new ActionAssigned(
                c.deviceId(),
                c.action(),
                c.release(),
                c.migrationStep(),
                c.type(),
                c.forcedAt(),
                c.weight(),
                c.window(),
                c.confirm() && state.autoConfirmSince == null,
                c.timeout(),
                c.rollout(),
                c.group(),
                c.tries(),
                c.healthyWithin(),
                state.installed == null ? null : state.installed.release(),
                null));
        return new Verdict(events, new Assigned(c.action(), true));
    }

    /** Whether the action will do what is wanted; whoever wants it again wants it done without anybody's help. */
    private static boolean serves(OpenAction each, AssignRelease c) {
        return !each.canceling()
                && each.release().id().equals(c.release().id())
                && (!c.again() || each.type() == c.type() && !each.waiting() && !each.installed());
    }

    private static boolean has(@Nullable Had had, ReleaseRef release) {
        return had != null && had.is(release);
    }

    static Verdict declare(DeclareInstalled c, ActionsState state) {
        for (OpenAction each : state.open.values()) {
            if (each.installed() && each.release().id().equals(c.release().id())) {
                // Proof of health as good as any.
                return new Verdict(
                        List.of(Closing.proven(c.deviceId(), each, c.release().version())),
                        new Assigned(each.number(), false));
            }
        }
        if (has(state.assigned, c.release())) {
            return new Verdict(List.of(), new Assigned(state.installedBy, false));
        }
        onlyNewNumbers(c.action(), state);
        List<ActionEvent> events = new ArrayList<>();
        if (state.retrying != null) {
            events.add(state.retrying.givenUp(c.deviceId()));
        }
        for (OpenAction older : state.open.values()) {
            if (!older.canceling() && !older.installed()) {
                events.add(new ActionCancelRequested(c.deviceId(), older.number(), CancelCause.SUPERSEDED));
            }
        }
        events.add(new InstalledDeclared(c.deviceId(), c.action(), c.release()));
        return new Verdict(events, new Assigned(c.action(), true));
    }

    private static void onlyFittingHardware(List<List<Hardware>> compatibility, Hardware hardware) {
        for (List<Hardware> module : compatibility) {
            if (!module.isEmpty() && module.stream().noneMatch(each -> each.fits(hardware))) {
                throw UpdatesRefusal.RELEASE_INCOMPATIBLE.because(
                        "The release fits " + module + ", the device is " + hardware.model() + " " + hardware.revision()
                                + ".",
                        Map.of("hardware", hardware.model() + " " + hardware.revision()));
            }
        }
    }

    private static void onlySensibleWeight(@Nullable Integer weight) {
        if (weight != null && (weight < 0 || weight > WEIGHT_MAX)) {
            throw UpdatesRefusal.ROLLOUT_INVALID.because("A weight is 0 to " + WEIGHT_MAX + ".");
        }
    }

    static void onlyNewNumbers(int number, ActionsState state) {
        if (state.open.size() + state.closed.size() >= ACTIONS_MAX) {
            throw UpdatesRefusal.QUOTA_EXCEEDED.because(
                    "The device has " + ACTIONS_MAX + " actions.", Map.of("limit", ACTIONS_MAX));
        }
        if (number <= state.lastNumber) {
            throw UpdatesRefusal.NUMBER_OUT_OF_ORDER.because("Action " + number + " is not newer than all others.");
        }
    }
}
