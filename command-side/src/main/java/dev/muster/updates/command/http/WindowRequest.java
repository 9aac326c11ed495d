package dev.muster.updates.command.http;

import dev.muster.kernel.Given;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.MaintenanceWindows;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When devices may install. All three or none; a schedule without a window ahead is refused. */
public record WindowRequest(
        @Nullable String schedule,
        @Nullable Duration duration,
        @Nullable String zone) {

    MaintenanceWindow window(MaintenanceWindows windows, Instant now) {
        MaintenanceWindow window = new MaintenanceWindow(
                Given.required(schedule, "window.schedule"),
                Given.required(duration, "window.duration"),
                Given.required(zone, "window.zone"));
        windows.onlyReadable(window, now);
        return window;
    }
}
