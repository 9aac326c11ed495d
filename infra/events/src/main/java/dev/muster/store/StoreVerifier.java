package dev.muster.store;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Walks a store and names every fault: positions without gaps, each record's checksum, each event in the index under its
 * aggregate and sequence, each aggregate's sequences from 0 without gaps, each index entry with its event. One line per
 * fault. Works on a store that is open for writing as well, up to the position that was newest at the start.
 */
public final class StoreVerifier {

    private static final byte[] NOTHING = {};
    private static final long READAHEAD_BYTES = 2L << 20;

    private final EmbeddedStore store;
    private final Consumer<String> faults;
    private long faultCount;
    private long events;
    private long aggregates;

    private StoreVerifier(EmbeddedStore store, Consumer<String> faults) {
        this.store = store;
        this.faults = faults;
    }

    /**
     * What was found.
     *
     * @param events readable events
     * @param aggregates streams in the index; an event of no aggregate is a stream of its own
     * @param faults faults reported
     * @param through the last position walked, -1 for an empty store
     */
    public record Report(long events, long aggregates, long faults, long through) {

        public boolean sound() {
            return faults == 0;
        }
    }

    /** Walks the whole store and hands each fault, one line, to {@code faults} as it is found. */
    public static Report verify(EmbeddedStore store, Consumer<String> faults) {
        var verifier = new StoreVerifier(store, faults);
        long through = store.committed();
        verifier.walkEvents(through);
        verifier.walkIndex(through);
        return new Report(verifier.events, verifier.aggregates, verifier.faultCount, through);
    }

    private void walkEvents(long through) {
        long expected = 0;
        while (expected <= through) {
            expected = walkEventsFrom(expected, through);
        }
    }

    /** Walks until the end or an unreadable block; returns where to go on. */
    private long walkEventsFrom(long from, long through) {
        return store.database().call(db -> {
            try (ReadOptions reading = new ReadOptions()
                            .setVerifyChecksums(true)
                            .setFillCache(false)
                            .setReadaheadSize(READAHEAD_BYTES);
                    RocksIterator at = db.newIterator(store.database().family(Table.EVENTS), reading)) {
                long expected = from;
                for (at.seek(Keys.ofLong(from)); at.isValid() && expected <= through; at.next()) {
                    byte[] key = at.key();
                    if (key.length != Long.BYTES) {
                        fault("a key of " + key.length + " bytes stands among the events");
                        continue;
                    }
                    long position = Keys.toLong(key);
                    if (position > through) {
                        break;
                    }
                    missing(expected, position - 1);
                    event(position, at.value());
                    expected = position + 1;
                }
                return afterBreak(at, expected, through);
            }
        });
    }

    private long afterBreak(RocksIterator at, long expected, long through) {
        try {
            at.status();
            missing(expected, through);
            return through + 1;
        } catch (RocksDBException e) {
            fault("events from position " + expected + " cannot be read: " + e.getMessage());
            return nextReadable(expected, through);
        }
    }

    /** The first position after a broken block at which an event can be read, found by doubling steps, then by halving. */
    private long nextReadable(long broken, long through) {
        long step = 1;
        long low = broken;
        while (low + step <= through && !readable(low + step)) {
            low += step;
            step *= 2;
        }
        long high = Math.min(low + step, through + 1);
        while (low + 1 < high) {
            long middle = low + (high - low) / 2;
            if (readable(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private boolean readable(long position) {
        try {
            return store.database().get(Table.EVENTS, Keys.ofLong(position)) != null;
        } catch (StoreFault e) {
            return false;
        }
    }

    private void missing(long from, long to) {
        if (from == to) {
            fault("event at position " + from + " is missing");
        } else if (from < to) {
            fault("events at positions " + from + " to " + to + " are missing");
        }
    }

    private void event(long position, byte[] record) {
        StoredEvent event;
        try {
            event = RecordCodec.decode(position, record);
        } catch (StoreFault e) {
            fault(e.getMessage());
            return;
        }
        events++;
        byte[] indexed;
        try {
            indexed = store.database().get(Table.BY_AGGREGATE, Keys.numbered(event.stream(), event.sequence()));
        } catch (StoreFault e) {
            fault("the index entry of the event at position " + position + " cannot be read: " + e.getMessage());
            return;
        }
        if (indexed == null) {
            fault("event at position " + position + " is not in the index as "
                    + name(event.stream(), event.sequence()));
        } else if (!Arrays.equals(indexed, Keys.ofLong(position))) {
            fault("event at position " + position + " is " + name(event.stream(), event.sequence())
                    + ", which the index has at another position");
        }
    }

    private void walkIndex(long through) {
        String[] stream = {""};
        long[] next = {0};
        try {
            store.database().scan(Table.BY_AGGREGATE, NOTHING, NOTHING, (key, value) -> {
                if (key.length < 2 + Long.BYTES || value.length != Long.BYTES) {
                    fault("an index entry is malformed");
                    return true;
                }
                long position = Keys.toLong(value);
                if (position > through) {
                    return true;
                }
                String name = Keys.textOf(key);
                long sequence = Keys.numberOf(key);
                if (!name.equals(stream[0])) {
                    aggregates++;
                    stream[0] = name;
                    next[0] = 0;
                }
                if (sequence != next[0]) {
                    fault("aggregate " + name + " goes on with sequence " + sequence + " where " + next[0]
                            + " should be");
                }
                next[0] = sequence + 1;
                indexEntry(name, sequence, position);
                return true;
            });
        } catch (StoreFault e) {
            fault("the index cannot be read behind " + name(stream[0], next[0] - 1) + ": " + e.getMessage());
        }
    }

    private void indexEntry(String stream, long sequence, long position) {
        StoredEvent event = readableEvent(position);
        if (event != null && (!event.stream().equals(stream) || event.sequence() != sequence)) {
            fault("the index has " + name(stream, sequence) + " at position " + position + ", where there is "
                    + name(event.stream(), event.sequence()));
        }
    }

    /** Null when it is missing or damaged, which the walk over the events has reported already. */
    private @Nullable StoredEvent readableEvent(long position) {
        try {
            byte[] record = store.database().get(Table.EVENTS, Keys.ofLong(position));
            return record == null ? null : RecordCodec.decode(position, record);
        } catch (StoreFault e) {
            return null;
        }
    }

    private static String name(String stream, long sequence) {
        return "event " + sequence + " of aggregate " + stream;
    }

    private void fault(String line) {
        faultCount++;
        faults.accept(line.replace('\n', ' '));
    }
}
