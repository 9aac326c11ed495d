package dev.muster.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reading the events: by position, by aggregate, by time. */
final class EventLog {

    /** How far the recording times of neighbouring events may be out of order. */
    private static final Duration DISORDER_MAX = Duration.ofSeconds(10);

    private static final int SCAN_STEP = 1_000;

    private final Database database;

    EventLog(Database database) {
        this.database = database;
    }

    /** The newest position on disk, -1 when there is none. */
    long last() {
        byte[] key = database.lastKey(Table.EVENTS);
        return key == null ? -1 : Keys.toLong(key);
    }

    /** The events at [from, through], at most {@code max} of them, in order. */
    List<StoredEvent> read(long from, long through, int max) {
        long first = Math.max(0, from);
        if (max <= 0 || first > through) {
            return List.of();
        }
        List<byte[]> records = database.values(Table.EVENTS, Keys.ofLong(first), Keys.ofLong(through + 1), max);
        List<StoredEvent> events = new ArrayList<>(records.size());
        long position = first;
        for (byte[] record : records) {
            events.add(RecordCodec.decode(position++, record));
        }
        if (events.isEmpty()) {
            throw missing(first);
        }
        return events;
    }

    /** An aggregate's events from this sequence on, at most {@code max}, in order. */
    List<StoredEvent> readStream(String stream, long fromSequence, int max) {
        List<byte[]> positions = new ArrayList<>();
        database.scan(
                Table.BY_AGGREGATE,
                Keys.numbered(stream, Math.max(0, fromSequence)),
                Keys.prefix(stream),
                (key, position) -> {
                    positions.add(position);
                    return positions.size() < max;
                });
        List<StoredEvent> events = new ArrayList<>(positions.size());
        List<byte[]> records = new ArrayList<>(database.getAll(Table.EVENTS, positions));
        for (int i = 0; i < records.size(); i++) {
            long position = Keys.toLong(positions.get(i));
            byte[] record = records.get(i);
            if (record == null) {
                throw missing(position);
            }
            events.add(RecordCodec.decode(position, record));
        }
        return events;
    }

    OptionalLong lastSequence(String stream) {
        byte[] last =
                database.lastKeyUpTo(Table.BY_AGGREGATE, Keys.numbered(stream, Long.MAX_VALUE), Keys.prefix(stream));
        return last == null ? OptionalLong.empty() : OptionalLong.of(Keys.numberOf(last));
    }

    /**
     * The position of the first event recorded at or after this time, or {@code through + 1}. Times ascend with positions
     * but for the moments between recording and commit, so the search aims a little earlier and then reads on.
     */
    long firstAtOrAfter(Instant time, long through) {
        Instant aim = time.isBefore(Instant.EPOCH.plus(DISORDER_MAX)) ? Instant.EPOCH : time.minus(DISORDER_MAX);
        long low = 0;
        long high = through + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (at(middle).timestamp().isBefore(aim)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (long from = low; from <= through; from += SCAN_STEP) {
            for (StoredEvent event : read(from, through, SCAN_STEP)) {
                if (!event.timestamp().isBefore(time)) {
                    return event.position();
                }
            }
        }
        return through + 1;
    }

    private StoredEvent at(long position) {
        byte[] record = database.get(Table.EVENTS, Keys.ofLong(position));
        if (record == null) {
            throw missing(position);
        }
        return RecordCodec.decode(position, record);
    }

    private static StoreFault missing(long position) {
        return new StoreFault(StoreFault.Reason.DAMAGED, "event at position " + position + " is missing");
    }
}
