package dev.muster.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that is moved by hand. */
public final class HandClock extends Clock {

    private final Clock base;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    private HandClock(Clock base) {
        this.base = base;
    }

    /** Stands still until it is moved. */
    public static HandClock at(Instant start) {
        return new HandClock(Clock.fixed(start, ZoneOffset.UTC));
    }

    /** Stands still until it is moved; the time as ISO-8601. */
    public static HandClock at(String start) {
        return at(Instant.parse(start));
    }

    /** Goes as the real one does, and is moved beyond it. */
    public static HandClock running() {
        return new HandClock(Clock.systemUTC());
    }

    /** Moves the clock; back when the duration is negative. */
    public void advance(Duration by) {
        ahead.accumulateAndGet(by, Duration::plus);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
