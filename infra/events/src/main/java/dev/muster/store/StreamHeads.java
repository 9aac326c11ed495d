package dev.muster.store;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * The last sequence number of each stream, as the committer sees it: the database, over it a bounded memory of recent
 * heads, over that what the batch at hand would add. Used by the committer's thread alone.
 */
final class StreamHeads {

    private static final int REMEMBERED_MAX = 100_000;
    private static final float LOAD_FACTOR = 0.75f;
    private static final long NONE = -1;

    private final Database database;
    private final Map<String, Long> remembered = new LinkedHashMap<>(1_024, LOAD_FACTOR, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };
    private final Map<String, Long> batch = new HashMap<>();

    StreamHeads(Database database) {
        this.database = database;
    }

    /**
     * Reserves the events' places within the batch.
     *
     * @return null, or why they cannot follow what is there; then nothing is reserved
     */
    @Nullable
    ConcurrencyException reserve(List<Commit.Entry> entries) {
        Map<String, Long> own = new HashMap<>();
        for (Commit.Entry entry : entries) {
            StoredEvent event = entry.event();
            Long head = own.get(event.stream());
            if (head == null) {
                head = head(event);
            }
            if (event.sequence() != head + 1) {
                return conflict(event, head);
            }
            own.put(event.stream(), event.sequence());
        }
        batch.putAll(own);
        return null;
    }

    /** The batch is durable: remember its heads. */
    void committed() {
        remembered.putAll(batch);
        batch.clear();
    }

    private long head(StoredEvent event) {
        Long head = batch.get(event.stream());
        if (head == null) {
            head = remembered.get(event.stream());
        }
        return head == null ? stored(event.stream(), event.sequence()) : head;
    }

    /** Two point reads, mostly answered by the bloom filter, settle the usual cases; only a conflict needs a search. */
    private long stored(String stream, long sequence) {
        boolean free = database.get(Table.BY_AGGREGATE, Keys.numbered(stream, sequence)) == null;
        boolean follows =
                sequence == 0 || database.get(Table.BY_AGGREGATE, Keys.numbered(stream, sequence - 1)) != null;
        if (free && follows) {
            return sequence - 1;
        }
        byte[] last =
                database.lastKeyUpTo(Table.BY_AGGREGATE, Keys.numbered(stream, Long.MAX_VALUE), Keys.prefix(stream));
        return last == null ? NONE : Keys.numberOf(last);
    }

    private static ConcurrencyException conflict(StoredEvent event, long head) {
        String state = head == NONE ? "has no events" : "is at sequence " + head;
        return new ConcurrencyException(
                "event " + event.id() + " has sequence " + event.sequence() + " but " + event.stream() + " " + state);
    }
}
