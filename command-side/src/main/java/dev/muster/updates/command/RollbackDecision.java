package dev.muster.updates.command;

import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionCommand.RollBackUpdate;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCancelRequested;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.Catalogue;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.command.AssignmentDecision.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Giving a device back what it had before a rollout. It ran there, so its hardware is not looked at again; nobody has to
 * agree, for the device is worse off without it; and it is not tried twice.
 */
final class RollbackDecision {

    private RollbackDecision() {}

    static Verdict rollBack(RollBackUpdate c, ActionsState state, Catalogue catalogue) {
        OpenAction newest = state.newest;
        if (newest != null && c.rollout().equals(newest.given().rollsBack())) {
            // Asked again after an interruption.
            return new Verdict(List.of(), new Assigned(newest.number(), true));
        }
        if (newest == null || !c.rollout().equals(newest.rollout())) {
            return new Verdict(List.of(), new Assigned(state.lastNumber, false));
        }
        if (c.onlyFailed() && newest.status() != ActionStatus.ERROR) {
            return new Verdict(List.of(), new Assigned(newest.number(), false));
        }
        List<ActionEvent> events = new ArrayList<>();
        if (state.retrying != null) {
            events.add(state.retrying.givenUp(c.deviceId()));
        }
        boolean open = state.open.containsKey(newest.number());
        if (open && !newest.canceling() && !newest.installed()) {
            events.add(new ActionCancelRequested(c.deviceId(), newest.number(), CancelCause.ROLLOUT_ABORTED));
        }
        ReleaseRef before = newest.given().before();
        if (before == null || before.id().equals(newest.release().id()) || stillRuns(newest, before, open)) {
            return new Verdict(events, new Assigned(newest.number(), false));
        }
        catalogue.usable(before.id());
        AssignmentDecision.onlyNewNumbers(c.action(), state);
        events.add(new ActionAssigned(
                c.deviceId(),
                c.action(),
                before,
                false,
                ActionType.FORCED,
                null,
                null,
                null,
                false,
                newest.given().timeout(),
                null,
                null,
                null,
                null,
                state.installed == null ? null : state.installed.release(),
                c.rollout()));
        return new Verdict(events, new Assigned(c.action(), true));
    }

    /**
     * Whether the device is known to run what it had before. One that only says that the installation failed is not: it
     * may have stopped half way.
     */
    private static boolean stillRuns(OpenAction action, ReleaseRef before, boolean open) {
        if (action.readAt() == null || action.status() == ActionStatus.DOWNLOADED) {
            return true;
        }
        boolean stopped = !open && action.status() == ActionStatus.CANCELED && action.byDevice();
        return stopped || action.status() == ActionStatus.ERROR && action.runs(before);
    }
}
