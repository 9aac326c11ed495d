package dev.muster.server.log;

import dev.muster.kernel.EventNames;
import dev.muster.kernel.Recorded;
import dev.muster.store.EmbeddedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/** The log in the embedded store. */
public final class EmbeddedLog implements Log {

    private static final int FETCH = 1000;

    private final EmbeddedStore store;
    private final RecordedCodec codec;
    private final RecentEvents recent = new RecentEvents();
    /** Held while new events are turned into objects. */
    private final ReentrantLock decoding = new ReentrantLock();

    /** @param names of events, to tell which are of the present revision */
    public EmbeddedLog(EmbeddedStore store, Jackson3Serializer serializer, EventUpcaster upcasters, EventNames names) {
        this.store = store;
        this.codec = new RecordedCodec(serializer, upcasters, names);
    }

    @Override
    public long committed() {
        return store.committed();
    }

    @Override
    public LogCursor after(long position) {
        return new LogCursor() {
            private long last = position;

            @Override
            public List<Recorded> next(int max, Duration waitMax) throws InterruptedException {
                if (store.committed() <= last && !store.awaitAfter(last, waitMax)) {
                    return List.of();
                }
                List<Recorded> read = read(last + 1, max);
                if (!read.isEmpty()) {
                    last = read.getLast().position();
                }
                return read;
            }

            @Override
            public void close() {}
        };
    }

    private List<Recorded> read(long first, int max) {
        long committed = store.committed();
        List<Recorded> held = recent.from(first, committed, max);
        if (!held.isEmpty()) {
            return held;
        }
        return recent.reaches(first, committed) ? readOnce(first, max) : codec.decode(store.read(first, max));
    }

    /** All readers hear of a commit at once, and each would decode the same: one does, and the others wait for that. */
    private List<Recorded> readOnce(long first, int max) {
        decoding.lock();
        try {
            long committed = store.committed();
            List<Recorded> held = recent.from(first, committed, max);
            if (!held.isEmpty()) {
                return held;
            }
            List<Recorded> read = codec.decode(store.read(first, max));
            recent.keep(read, committed);
            return read;
        } finally {
            decoding.unlock();
        }
    }

    @Override
    public List<Recorded> of(String aggregate) {
        List<Recorded> all = new ArrayList<>();
        while (true) {
            List<Recorded> part = codec.decode(store.readAggregate(aggregate, all.size(), FETCH));
            all.addAll(part);
            if (part.size() < FETCH) {
                return all;
            }
        }
    }

    @Override
    public List<Recorded> of(String aggregate, long fromSequence, int limit) {
        return codec.decode(store.readAggregate(aggregate, fromSequence, limit));
    }
}
