package dev.muster.apps.reagent;

import dev.muster.registry.DeviceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often a device may report. Agents wait for the answer to each report, so one that reports too often is answered
 * later; one that does not wait is refused at last. Each report takes its share of time, and some time may be saved up.
 */
final class ReportPace {

    private final Duration share;
    private final Duration saved;
    private final Duration waitMax;
    private final Clock clock;
    /** When all that was reported so far has had its share. */
    private final Map<DeviceId, Instant> even = new ConcurrentHashMap<>();

    ReportPace(int perSecond, int atOnce, Duration waitMax, Clock clock) {
        this.share = Duration.ofSeconds(1).dividedBy(perSecond);
        this.saved = share.multipliedBy(atOnce);
        this.waitMax = waitMax;
        this.clock = clock;
    }

    /** How long this report has to wait; refused when that were too long, and then it counts for nothing. */
    Duration next(DeviceId device) {
        Instant now = clock.instant();
        Instant[] due = new Instant[1];
        even.compute(device, (any, before) -> {
            Instant from = before == null || before.isBefore(now) ? now : before;
            due[0] = from.minus(saved);
            return due[0].isAfter(now.plus(waitMax)) ? before : from.plus(share);
        });
        Duration wait = Duration.between(now, due[0]);
        if (wait.compareTo(waitMax) > 0) {
            throw Answers.later("The device reports too often.");
        }
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    void forget(DeviceId device) {
        even.remove(device);
    }
}
