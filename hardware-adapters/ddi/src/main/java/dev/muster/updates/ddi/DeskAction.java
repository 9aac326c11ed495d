package dev.muster.updates.ddi;

import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.ActionView;
import dev.muster.updates.MaintenanceWindow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a device is told about one of its actions.
 *
 * @param forcedAt epoch milliseconds from which a time-forced action is forced
 * @param weight 0 to 1000; none counts as the maximum
 * @param retrieved whether the newest status entry says that the device read the document
 * @param revision counts the changes that make the device read the document again
 */
record DeskAction(
        int number,
        DeskRelease release,
        ActionType type,
        long forcedAt,
        int weight,
        @Nullable MaintenanceWindow window,
        ActionStatus status,
        boolean retrieved,
        int revision) {

    static final int WEIGHT_MAX = 1000;

    static DeskAction of(ActionAssigned e, DeskRelease release) {
        return new DeskAction(
                e.action(),
                release,
                e.type(),
                millis(e.forcedAt()),
                e.weight() == null ? WEIGHT_MAX : e.weight(),
                e.window(),
                e.waiting() ? ActionStatus.WAIT_FOR_CONFIRMATION : ActionStatus.RUNNING,
                false,
                0);
    }

    /** One that the desk has let go of, from the views. */
    static DeskAction of(ActionView view, DeskRelease release) {
        return new DeskAction(
                view.action(),
                release,
                view.type(),
                millis(view.forcedAt()),
                WEIGHT_MAX,
                view.window(),
                view.status(),
                true,
                0);
    }

    /** What a device declared to run: there was never anything to read. */
    static DeskAction declared(int number, DeskRelease release) {
        return new DeskAction(number, release, ActionType.FORCED, 0, WEIGHT_MAX, null, ActionStatus.FINISHED, true, 0);
    }

    private static long millis(@Nullable Instant instant) {
        return instant == null ? 0 : instant.toEpochMilli();
    }

    boolean waiting() {
        return status == ActionStatus.WAIT_FOR_CONFIRMATION;
    }

    boolean canceling() {
        return status == ActionStatus.CANCELING;
    }

    /** A new entry that leaves the action as it is. */
    DeskAction noted() {
        return retrieved
                ? new DeskAction(number, release, type, forcedAt, weight, window, status, false, revision)
                : this;
    }

    /** The device read the document. */
    DeskAction read() {
        ActionStatus now = canceling() ? status : ActionStatus.RETRIEVED;
        return new DeskAction(number, release, type, forcedAt, weight, window, now, true, revision);
    }

    /** The action turned; whatever the device read of it is out of date. */
    DeskAction turned(ActionStatus to) {
        return new DeskAction(number, release, type, forcedAt, weight, window, to, false, revision + 1);
    }

    DeskAction ended(ActionStatus as) {
        return new DeskAction(number, release, type, forcedAt, weight, window, as, true, revision);
    }

    /** Served before {@code other}: the greater weight, then the smaller number (contract §5). */
    boolean precedes(DeskAction other) {
        return weight != other.weight ? weight > other.weight : number < other.number;
    }
}
