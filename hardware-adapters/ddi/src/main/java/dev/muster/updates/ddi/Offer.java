package dev.muster.updates.ddi;

import dev.muster.updates.ActionType;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.MaintenanceWindows;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How urgently an action is put to a device right now (contract §7).
 *
 * @param download {@code skip}, {@code attempt} or {@code forced}
 * @param update the same for installing; {@code skip} while the maintenance window is closed
 * @param window how the maintenance window stands, null when the action has none
 */
record Offer(String download, String update, MaintenanceWindows.@Nullable Standing window) {

    static Offer of(DeskAction action, MaintenanceWindows windows, Instant now) {
        String urgency = urgency(action, now);
        String update = action.type() == ActionType.DOWNLOAD_ONLY ? "skip" : urgency;
        MaintenanceWindow window = action.window();
        if (window == null) {
            return new Offer(urgency, update, null);
        }
        MaintenanceWindows.Standing standing = windows.at(window, now);
        return new Offer(urgency, standing.open() ? update : "skip", standing);
    }

    private static String urgency(DeskAction action, Instant now) {
        return switch (action.type()) {
            case FORCED, DOWNLOAD_ONLY -> "forced";
            case SOFT -> "attempt";
            case TIME_FORCED -> isForced(action, now) ? "forced" : "attempt";
        };
    }

    private static boolean isForced(DeskAction action, Instant now) {
        return now.toEpochMilli() >= action.forcedAt();
    }

    /**
     * The number {@code c} in links: another one whenever the device should read the document again, because the
     * action turned, its forced time passed or its window opened or closed (contract §13).
     */
    static int cacheBuster(DeskAction action, MaintenanceWindows windows, Instant now) {
        int forced = action.type() == ActionType.TIME_FORCED && isForced(action, now) ? 1 : 0;
        MaintenanceWindow window = action.window();
        int open = window != null && windows.at(window, now).open() ? 2 : 0;
        return action.revision() << 2 | open | forced;
    }

    /** True when the action's maintenance window is closed for ever. */
    static boolean isOver(DeskAction action, MaintenanceWindows windows, Instant now) {
        MaintenanceWindow window = action.window();
        return window != null && windows.at(window, now).over();
    }
}
