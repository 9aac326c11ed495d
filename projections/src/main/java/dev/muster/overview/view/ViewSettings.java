package dev.muster.overview.view;

import java.time.Duration;

/**
 * How views follow the log.
 *
 * @param batchMax most events folded between two writes
 * @param batchWait how long a batch may wait for more events once it has one
 * @param writeMax documents per bulk write over the wire
 * @param heldMax documents a projection keeps in memory after it wrote them
 * @param retryWait pause after the store or the log failed; doubles up to {@code retryWaitMax}
 * @param retryWaitMax longest such pause
 * @param storeWait how long one answer of the store may take
 * @param swapLag a rebuilt view takes over when it is at most this many events behind
 * @param deadLettersMax more parked events than this stop the projection, because then something else is broken
 */
public record ViewSettings(
        int batchMax,
        Duration batchWait,
        int writeMax,
        int heldMax,
        Duration retryWait,
        Duration retryWaitMax,
        Duration storeWait,
        long swapLag,
        int deadLettersMax) {

    public static final ViewSettings DEFAULTS = new ViewSettings(
            500,
            Duration.ofMillis(20),
            500,
            2_048,
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            100,
            10_000);
}
