package dev.muster.updates;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads maintenance windows. One place understands their schedules, so that whoever takes one and whoever keeps it agree. */
public interface MaintenanceWindows {

    /** How the window stands at {@code now}. One that cannot be read is over: its action is canceled, not stuck. */
    Standing at(MaintenanceWindow window, Instant now);

    /** Refuses a window that cannot be read or has no time left, with {@link UpdatesRefusal#WINDOW_INVALID}. */
    void onlyReadable(MaintenanceWindow window, Instant now);

    /**
     * How a window stands.
     *
     * @param open whether the device may install now
     * @param opens when it opens next, null if never again
     * @param closes when it closes, null while it is closed
     * @param from from when on this holds
     * @param until when this changes, exclusive; null if never again
     */
    record Standing(
            boolean open,
            @Nullable Instant opens,
            @Nullable Instant closes,
            Instant from,
            @Nullable Instant until) {

        /** True when the window is closed and never opens again. */
        public boolean over() {
            return !open && opens == null;
        }

        /** True while it still stands so. */
        public boolean holds(Instant now) {
            return !now.isBefore(from) && (until == null || now.isBefore(until));
        }
    }
}
