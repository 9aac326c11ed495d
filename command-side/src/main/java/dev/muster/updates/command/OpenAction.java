package dev.muster.updates.command;

import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An action under way.
 *
 * @param at when it was assigned
 * @param status RUNNING, RETRIEVED, WAIT_FOR_CONFIRMATION, CANCELING, or what the last word changed it to
 * @param lastEntry kind of the newest status entry
 * @param entries how many status entries there are
 */
record OpenAction(
        int number,
        Instant at,
        ReleaseRef release,
        boolean migrationStep,
        ActionType type,
        @Nullable RolloutId rollout,
        @Nullable Integer group,
        ActionStatus status,
        ActionStatus lastEntry,
        int entries) {

    static OpenAction of(ActionAssigned e, Instant at) {
        ActionStatus status = e.waiting() ? ActionStatus.WAIT_FOR_CONFIRMATION : ActionStatus.RUNNING;
        return new OpenAction(
                e.action(), at, e.release(), e.migrationStep(), e.type(), e.rollout(), e.group(), status, status, 1);
    }

    boolean waiting() {
        return status == ActionStatus.WAIT_FOR_CONFIRMATION;
    }

    boolean canceling() {
        return status == ActionStatus.CANCELING;
    }

    OpenAction entry(ActionStatus entry) {
        return entry(status, entry);
    }

    OpenAction entry(ActionStatus newStatus, ActionStatus entry) {
        return new OpenAction(number, at, release, migrationStep, type, rollout, group, newStatus, entry, entries + 1);
    }
}
