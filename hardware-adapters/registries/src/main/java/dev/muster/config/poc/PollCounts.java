package dev.muster.config.poc;

import java.util.concurrent.atomic.LongAdder;

/** How polls were answered since this process began. */
public final class PollCounts {

    private final LongAdder fromMemory = new LongAdder();
    private final LongAdder read = new LongAdder();
    private final LongAdder reported = new LongAdder();

    void answeredFromMemory() {
        fromMemory.increment();
    }

    void wasRead() {
        read.increment();
    }

    void wasReported() {
        reported.increment();
    }

    /** Polls whose bytes were those of the agent's poll before. */
    public long fromMemory() {
        return fromMemory.sum();
    }

    /** Polls that had to be read and told nothing new. */
    public long read() {
        return read.sum();
    }

    /** Polls that told of another configuration than before. */
    public long reported() {
        return reported.sum();
    }
}
