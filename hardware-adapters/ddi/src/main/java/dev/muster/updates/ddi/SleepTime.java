package dev.muster.updates.ddi;

import dev.muster.kernel.Refused;
import dev.muster.updates.DeviceView;
import dev.muster.updates.Fleet;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.PollingTime;
import dev.muster.updates.PollingTime.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
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

    private record Compiled(TenantRules rules, List<CompiledRule> list) {}

    private record CompiledRule(Predicate<DeviceView> filter, Span span) {}

    /** The interval that counts for this device. */
    Span span(TenantRules rules, DeskEntry entry) {
        PollingTime polling = rules.polling();
        if (polling.rules().isEmpty()) {
            return polling.standard();
        }
        DeviceView view = fleet.find(entry.id);
        if (view != null) {
            for (CompiledRule rule : compiled(rules).list) {
                if (rule.filter.test(view)) {
                    return rule.span;
                }
            }
        }
        return polling.standard();
    }

    private Compiled compiled(TenantRules rules) {
        Compiled before = compiled;
        if (before != null && before.rules == rules) {
            return before;
        }
        List<CompiledRule> list = new ArrayList<>();
        for (PollingTime.Rule rule : rules.polling().rules()) {
            try {
                list.add(new CompiledRule(fleet.filter(rule.filter()), rule.span()));
            } catch (Refused e) {
                // A rule that cannot be read matches nothing; the settings refuse it where people can see it.
            }
        }
        Compiled now = new Compiled(rules, List.copyOf(list));
        compiled = now;
        return now;
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
