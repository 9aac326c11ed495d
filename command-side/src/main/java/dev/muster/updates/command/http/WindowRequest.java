package dev.muster.updates.command.http;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.muster.kernel.Given;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.UpdatesRefusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** When devices may install. All three or none; a schedule without a window ahead is refused. */
public record WindowRequest(
        @Nullable String schedule,
        @Nullable Duration duration,
        @Nullable String zone) {

    private static final int CRON_MAX = 255;

    MaintenanceWindow window(Instant now) {
        String cron = Given.required(schedule, "window.schedule");
        Duration length = Given.required(duration, "window.duration");
        String where = Given.required(zone, "window.zone");
        if (cron.length() > CRON_MAX || length.isNegative() || length.isZero()) {
            throw UpdatesRefusal.WINDOW_INVALID.because("The schedule is too long or the duration is nothing.");
        }
        try {
            var parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));
            var next = ExecutionTime.forCron(parser.parse(cron).validate()).nextExecution(now.atZone(ZoneId.of(where)));
            if (next.isEmpty()) {
                throw UpdatesRefusal.WINDOW_INVALID.because("The schedule '" + cron + "' has no window ahead.");
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw UpdatesRefusal.WINDOW_INVALID.because("The window cannot be read: " + e.getMessage());
        }
        return new MaintenanceWindow(cron, length, where);
    }
}
