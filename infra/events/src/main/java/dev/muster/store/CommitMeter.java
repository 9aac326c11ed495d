package dev.muster.store;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the committer does, for metrics. */
public final class CommitMeter {

    private final LongAdder commits = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder writingNanos = new LongAdder();

    CommitMeter() {}

    /** Commits acknowledged since the store was opened. */
    public long commits() {
        return commits.sum();
    }

    /** Batches written, each with one fsync unless nothing in it needed one. */
    public long batches() {
        return batches.sum();
    }

    /** Time spent writing and fsyncing. */
    public Duration writing() {
        return Duration.ofNanos(writingNanos.sum());
    }

    void wrote(int acknowledged, long nanos) {
        commits.add(acknowledged);
        batches.increment();
        writingNanos.add(nanos);
    }
}
