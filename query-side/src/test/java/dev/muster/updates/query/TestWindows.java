package dev.muster.updates.query;

import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.MaintenanceWindows;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Maintenance windows that stand as a test wants it. */
public final class TestWindows implements MaintenanceWindows {

    private volatile boolean open = true;
    private volatile @Nullable Instant changes;

    public void open(Instant closes) {
        open = true;
        changes = closes;
    }

    /** @param opens null for never again */
    public void closed(@Nullable Instant opens) {
        open = false;
        changes = opens;
    }

    @Override
    public Standing at(MaintenanceWindow window, Instant now) {
        return new Standing(open, open ? null : changes, open ? changes : null, now, changes);
    }

    @Override
    public void onlyReadable(MaintenanceWindow window, Instant now) {}
}
