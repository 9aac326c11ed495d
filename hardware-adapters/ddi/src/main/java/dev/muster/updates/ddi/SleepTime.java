package dev.muster.updates.ddi;

import dev.muster.updates.Fleet;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.PollingRules;
import dev.muster.updates.PollingTime;
import dev.muster.updates.PollingTime.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How long a device may sleep: the first rule that matches it, else the standard, spread at random if wished, and
 * shorter when a maintenance window is about to open (contract §5).
 */
final class SleepTime {

    private final Fleet fleet;
    private volatile @Nullable Compiled compiled;

    SleepTime(Fleet fleet) {
        this.fleet = fleet;
    }

    private record Compiled(TenantRules from, PollingRules rules) {}

    /** The interval that counts for this device. */
    Span span(TenantRules rules, DeskEntry entry) {
        Compiled now = compiled;
        if (now == null || now.from() != rules) {
            now = new Compiled(rules, PollingRules.of(rules.polling(), fleet));
            compiled = now;
        }
        return now.rules().of(entry.id);
    }

    /** One answer's sleep: drawn around the interval when there is a spread. */
    static Duration drawn(Span span) {
        if (span.spreadPercent() == 0) {
            return span.interval();
        }
        long seconds = span.interval().toSeconds();
        long spread = seconds * span.spreadPercent() / 100;
        long drawn = ThreadLocalRandom.current().nextLong(seconds - spread, seconds + spread + 1);
        return clamped(Duration.ofSeconds(drawn), PollingTime.INTERVAL_MAX);
    }

    /**
     * The sleep before a maintenance window: so short that the device asks {@code pollCount} times until it opens.
     *
     * @param plain what holds without a window, also the most there can be
     */
    static Duration before(MaintenanceWindows.Standing window, Instant now, Duration plain, int pollCount) {
        Instant opens = window.opens();
        if (window.open() || opens == null) {
            return plain;
        }
        return clamped(Duration.between(now, opens).dividedBy(Math.max(1, pollCount)), plain);
    }

    private static Duration clamped(Duration sleep, Duration max) {
        Duration least = sleep.compareTo(PollingTime.INTERVAL_MIN) < 0 ? PollingTime.INTERVAL_MIN : sleep;
        return least.compareTo(max) > 0 ? max : least;
    }
}
