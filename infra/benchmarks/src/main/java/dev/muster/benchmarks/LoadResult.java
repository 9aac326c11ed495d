package dev.muster.benchmarks;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What a round of load came to.
 *
 * @param latencies of all answered requests, in microseconds
 * @param nanos how long the round took
 * @param statuses how many answers there were of each status; 0 counts lost connections
 */
record LoadResult(Histogram latencies, long nanos, Map<Integer, Long> statuses) {

    private static final long MICROS_MAX = 60_000_000L;

    /** Latencies from one microsecond to one minute with three digits. */
    static Histogram histogram() {
        return new Histogram(1, MICROS_MAX, 3);
    }

    /** A time as such a histogram takes it; what was longer than a minute counts as one. */
    static long micros(long nanos) {
        return Math.clamp(nanos / 1000, 1, MICROS_MAX);
    }

    long answered() {
        return latencies.getTotalCount();
    }

    /** Answers other than 2xx and 304, and lost connections. */
    long errors() {
        return statuses.entrySet().stream()
                .filter(e -> e.getKey() != 304 && e.getKey() / 100 != 2)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    double perSecond() {
        return answered() * 1e9 / nanos;
    }

    LoadResult plus(LoadResult other) {
        Histogram both = latencies.copy();
        both.add(other.latencies);
        Map<Integer, Long> counts = new TreeMap<>(statuses);
        other.statuses.forEach((status, n) -> counts.merge(status, n, Long::sum));
        return new LoadResult(both, nanos + other.nanos, counts);
    }
}
