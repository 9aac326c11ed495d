package dev.muster.benchmarks;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One measured line.
 *
 * @param name what was measured
 * @param perSecond answers a second, or null where that is no question
 * @param p50 half of the answers took at most so many microseconds, or null
 * @param p99 99 of 100, or null
 * @param max the slowest, or null
 * @param cpuMicros CPU time of the server for one answer, in microseconds, or null
 * @param errors answers other than 2xx and 304, and lost connections
 * @param budget what was promised, in words, or null
 * @param kept whether the promise was kept, or null where nothing was promised
 * @param note anything else, or null
 */
record Row(
        String name,
        @Nullable Double perSecond,
        @Nullable Long p50,
        @Nullable Long p99,
        @Nullable Long max,
        @Nullable Double cpuMicros,
        long errors,
        @Nullable String budget,
        @Nullable Boolean kept,
        @Nullable String note) {

    static Row of(String name, LoadResult load, long cpuNanos) {
        Histogram latencies = load.latencies();
        return new Row(
                name,
                load.perSecond(),
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99),
                latencies.getMaxValue(),
                load.answered() == 0 ? null : cpuNanos / 1000.0 / load.answered(),
                load.errors(),
                null,
                null,
                load.errors() == 0 ? null : "answers by status: " + load.statuses());
    }

    /** A single figure with its promise. */
    static Row figure(String name, String figure, @Nullable String budget, @Nullable Boolean kept) {
        return new Row(name, null, null, null, null, null, 0, budget, kept, figure);
    }

    /** A figure that must be so: where it is not, that counts as an error. */
    static Row truth(String name, String figure, String promise, boolean held) {
        return new Row(name, null, null, null, null, null, held ? 0 : 1, promise, held, figure);
    }

    /** The same with a promise; one that had errors keeps none. */
    Row promised(String words, boolean held) {
        return new Row(name, perSecond, p50, p99, max, cpuMicros, errors, words, held && errors == 0, note);
    }

    /** The same with one more remark. */
    Row noted(String words) {
        return new Row(
                name,
                perSecond,
                p50,
                p99,
                max,
                cpuMicros,
                errors,
                budget,
                kept,
                note == null ? words : note + "; " + words);
    }
}
