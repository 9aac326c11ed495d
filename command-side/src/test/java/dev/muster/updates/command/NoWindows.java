package dev.muster.updates.command;

import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.MaintenanceWindows;
import java.time.Instant;

/** For those who give none. */
final class NoWindows implements MaintenanceWindows {

    @Override
    public Standing at(MaintenanceWindow window, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onlyReadable(MaintenanceWindow window, Instant now) {
        throw new UnsupportedOperationException();
    }
}
