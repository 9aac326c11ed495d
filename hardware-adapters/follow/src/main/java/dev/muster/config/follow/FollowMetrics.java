package dev.muster.config.follow;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what devices ask and say. Plain counters since the start of this node; whoever publishes them reads them at
 * leisure.
 */
public final class FollowMetrics {

    private final LongAdder[] polls = adders(PollOutcome.values().length);
    private final LongAdder applied = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicInteger following = new AtomicInteger();

    /** How a question ended. */
    public enum PollOutcome {
        /** Told what it should have. */
        TOLD,
        /** It has it already; after waiting, too. */
        UNCHANGED,
        /** A stream began. */
        STREAMED,
        REFUSED
    }

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    public long polls(PollOutcome outcome) {
        return polls[outcome.ordinal()].sum();
    }

    /** Reports of wishes that were applied. */
    public long applied() {
        return applied.sum();
    }

    /** Reports of wishes that were not. */
    public long failed() {
        return failed.sum();
    }

    /** How many polls wait and streams are open. */
    public int following() {
        return following.get();
    }

    /** One more that waits, unless there are so many already. */
    boolean joins(int most) {
        if (following.incrementAndGet() > most) {
            following.decrementAndGet();
            return false;
        }
        return true;
    }

    void left() {
        following.decrementAndGet();
    }

    void polled(PollOutcome outcome) {
        polls[outcome.ordinal()].increment();
    }

    void reported(boolean success) {
        (success ? applied : failed).increment();
    }
}
