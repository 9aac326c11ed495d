package dev.muster.updates.command.http;

import dev.muster.kernel.KernelRefusal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Refuses a sender that drips. Silence alone does not tell one: who sends a byte now and then is never silent, and
 * would hold a place and a file open for as long as it likes. Looked at with every piece, so silence has to be watched,
 * too. One for each transfer; not shared between threads.
 */
final class SteadyFlow {

    /** Bytes in a second on the average, once {@link #GRACE} is over. */
    static final long BYTES_PER_SECOND_MIN = 16 * 1024L;

    /** What a connection may take to get going; not counted at all. */
    static final Duration GRACE = Duration.ofMinutes(1);

    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier nanos;
    private final long begin;
    private long bytes;

    /** @param nanos a clock that never goes back, such as {@link System#nanoTime()}; asked now for the beginning */
    SteadyFlow(LongSupplier nanos) {
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
    }

    /** Answers the piece, or refuses with {@link KernelRefusal#INVALID_REQUEST}. */
    ByteBuffer next(ByteBuffer piece) {
        bytes += piece.remaining();
        double counted = (nanos.getAsLong() - begin - GRACE.toNanos()) / NANOS_PER_SECOND;
        if (counted > 0 && bytes < counted * BYTES_PER_SECOND_MIN) {
            throw KernelRefusal.INVALID_REQUEST.because("The upload is slower than " + BYTES_PER_SECOND_MIN / 1024
                    + " KiB a second; " + bytes + " bytes had come.");
        }
        return piece;
    }
}
