package dev.muster.updates.command;

import dev.muster.updates.RolloutPolicy.Rate;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The next slice of a group whose devices are offered the release so many a minute.
 *
 * <p>A slice is about two seconds' worth, or one device. It is as large as the time since the last one asks for, so that
 * a timer that is a moment late does not slow the group down, but never more than two slices: time in which the rollout
 * was paused or the server was down is not made up for.
 *
 * @param devices how many, 1 at least
 * @param due when they may be offered the release
 * @param next when the slice after this is due, counted from {@code now}
 */
record Pace(int devices, Instant due, Instant next) {

    private static final int SLICES_PER_MINUTE = 30;
    private static final long MINUTE_MS = 60_000;

    /**
     * @param ran how long the rollout ran since the group's start
     * @param last when devices of the group were offered the release last, null for never
     */
    static Pace of(Rate rate, Duration ran, @Nullable Instant last, Instant now) {
        int perMinute = rate.in(ran.toMinutes());
        int slice = Math.max(1, Math.ceilDiv(perMinute, SLICES_PER_MINUTE));
        long tick = Math.max(1, MINUTE_MS * slice / perMinute);
        Instant due = last == null ? now : last.plusMillis(tick);
        long since = last == null ? tick : Duration.between(last, now).toMillis();
        long worth = Math.min(2L * slice, perMinute * Math.clamp(since, 0, 2 * tick) / MINUTE_MS);
        return new Pace((int) Math.max(slice, worth), due, now.plusMillis(tick));
    }
}
