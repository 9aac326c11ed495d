package dev.muster.apps.reagent;

import dev.muster.registry.DeviceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/**
 * How often a device may report, or say anything else that is worked for. Agents wait for the answer to each report, so
 * one that reports too often is answered later; one that does not wait is refused at last. Each report takes its share
 * of time, and some time may be saved up.
 */
final class ReportPace {

    private static final Duration WAIT_MAX = Duration.ofSeconds(5);

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

    static ReportPace of(ReagentSettings settings, Clock clock) {
        return new ReportPace(settings.reportsPerSecond(), settings.reportsAtOnce(), WAIT_MAX, clock);
    }

    /** Begins this when it is its turn; refuses at once when that were too late. */
    <T> Mono<T> paced(DeviceId device, Mono<T> work) {
        Duration wait = next(device);
        return wait.isZero() ? work : Mono.delay(wait).then(work);
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

    /** Its session is over. Whoever took more than their share has not paid for it by coming anew. */
    void forget(DeviceId device) {
        even.computeIfPresent(device, (any, until) -> until.isAfter(clock.instant()) ? until : null);
    }
}
