package dev.muster.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers kept by idempotency key until they expire; durable when a call returns. */
public final class IdempotencyTable {

    private final EmbeddedStore store;
    private final DueTable table;

    /** One per store: changes to a key take turns within it. */
    public IdempotencyTable(EmbeddedStore store) {
        this.store = store;
        this.table = new DueTable(store, Table.IDEMPOTENCY);
    }

    /**
     * Keeps the value unless the key has one that has not expired.
     *
     * @return empty when it was kept, else the value that is there
     */
    public Optional<byte[]> putIfAbsent(String key, byte[] value, Instant expires) {
        Instant now = store.clock().instant();
        return Optional.ofNullable(table.putIfAbsent(new DueTable.Entry(key, expires, value), now))
                .map(DueTable.Entry::payload);
    }

    /** Keeps the value whatever was there. */
    public void put(String key, byte[] value, Instant expires) {
        table.put(new DueTable.Entry(key, expires, value));
    }

    /** The value of this key unless it has expired. */
    public Optional<byte[]> get(String key) {
        DueTable.@Nullable Entry entry = table.get(key);
        return entry == null || !entry.due().isAfter(store.clock().instant())
                ? Optional.empty()
                : Optional.of(entry.payload());
    }

    /** Forgets the key; false when there was none. */
    public boolean remove(String key) {
        return table.remove(key);
    }

    /** Removes at most {@code max} expired values; returns how many, so that a caller knows whether to go on. */
    public int purge(int max) {
        List<DueTable.Entry> expired = table.due(store.clock().instant(), max);
        int removed = 0;
        for (DueTable.Entry entry : expired) {
            if (table.done(entry)) {
                removed++;
            }
        }
        return removed;
    }
}
