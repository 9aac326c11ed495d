package dev.muster.updates.ddi;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.UpdatesRefusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Maintenance windows by Quartz cron. A window is open when start &lt; now &lt; start + duration (contract §14).
 * What was worked out holds until the window's next turn, so thousands of devices of one rollout share one look at
 * the calendar.
 */
public final class CronWindows implements MaintenanceWindows {

    private static final int KNOWN_MAX = 10_000;
    private static final Duration DURATION_MAX = Duration.ofDays(366);
    private static final int SCHEDULE_LENGTH_MAX = 255;
    private static final CronParser QUARTZ =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));

    private final Map<MaintenanceWindow, Standing> known = new ConcurrentHashMap<>();

    @Override
    public Standing at(MaintenanceWindow window, Instant now) {
        Standing before = known.get(window);
        if (before != null && before.holds(now)) {
            return before;
        }
        Standing standing = look(window, now);
        if (known.size() >= KNOWN_MAX) {
            known.clear();
        }
        known.put(window, standing);
        return standing;
    }

    @Override
    public void onlyReadable(MaintenanceWindow window, Instant now) {
        Standing standing;
        try {
            standing = worked(window, now);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw UpdatesRefusal.WINDOW_INVALID.because("The window cannot be read: " + e.getMessage());
        }
        if (standing.over()) {
            throw UpdatesRefusal.WINDOW_INVALID.because("The window never opens again.");
        }
    }

    private static Standing look(MaintenanceWindow window, Instant now) {
        try {
            return worked(window, now);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return new Standing(false, null, null, Instant.MIN, null);
        }
    }

    private static Standing worked(MaintenanceWindow window, Instant now) {
        Duration duration = window.duration();
        if (duration.isNegative() || duration.isZero() || duration.compareTo(DURATION_MAX) > 0) {
            throw new IllegalArgumentException("its duration is not between nothing and a year");
        }
        if (window.schedule().length() > SCHEDULE_LENGTH_MAX) {
            throw new IllegalArgumentException("its schedule is too long");
        }
        Cron cron = QUARTZ.parse(window.schedule());
        ExecutionTime times = ExecutionTime.forCron(cron);
        ZonedDateTime here = now.atZone(ZoneId.of(window.zone()));
        Instant opens = instant(times.nextExecution(here));
        Instant opened = instant(times.lastExecution(here));
        Instant closes = opened == null ? null : opened.plus(duration);
        boolean open = opened != null && opened.isBefore(now) && now.isBefore(closes);
        if (!open) {
            closes = null;
        }
        // At the very instant of its start a window is not open yet, but it will be with the next tick.
        boolean starting = times.isMatch(here) && now.getNano() == 0;
        Instant until = starting ? now.plusNanos(1) : closes == null ? opens : earlier(closes, opens);
        return new Standing(open, starting ? now : opens, closes, now, until);
    }

    private static @Nullable Instant instant(Optional<ZonedDateTime> time) {
        return time.map(ZonedDateTime::toInstant).orElse(null);
    }

    private static @Nullable Instant earlier(Instant a, @Nullable Instant b) {
        return b == null || a.isBefore(b) ? a : b;
    }
}
