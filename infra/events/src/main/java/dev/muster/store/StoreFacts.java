package dev.muster.store;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * What the store says about itself.
 *
 * @param format version of the layout of tables and records
 * @param storeId unique id, made with the store and carried into its back-ups
 * @param createdAt when it was made
 */
public record StoreFacts(int format, String storeId, Instant createdAt) {

    /** The layout this version reads and writes. */
    public static final int FORMAT = 1;

    private static final byte[] FORMAT_KEY = "format".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ID_KEY = "store-id".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CREATED_KEY = "created-at".getBytes(StandardCharsets.UTF_8);

    /** Reads the facts, or writes them into a new store; a store of a newer version is refused. */
    static StoreFacts of(Database database, Clock clock, boolean readOnly) {
        byte[] format = database.has(Table.META) ? database.get(Table.META, FORMAT_KEY) : null;
        if (format == null) {
            if (readOnly || (database.has(Table.EVENTS) && database.lastKey(Table.EVENTS) != null)) {
                throw new StoreFault(StoreFault.Reason.NOT_A_STORE, "the directory is not an event store: no format");
            }
            return write(database, new StoreFacts(FORMAT, UUID.randomUUID().toString(), clock.instant()));
        }
        int version = Integer.parseInt(text(format));
        if (version > FORMAT) {
            throw new StoreFault(
                    StoreFault.Reason.NEWER_FORMAT,
                    "the event store has format " + version + ", written by a newer version; this one reads up to "
                            + FORMAT);
        }
        return new StoreFacts(
                version,
                text(database.get(Table.META, ID_KEY)),
                Instant.parse(text(database.get(Table.META, CREATED_KEY))));
    }

    private static StoreFacts write(Database database, StoreFacts facts) {
        try (WriteBatch batch = new WriteBatch()) {
            var meta = database.family(Table.META);
            batch.put(meta, FORMAT_KEY, bytes(Integer.toString(facts.format())));
            batch.put(meta, ID_KEY, bytes(facts.storeId()));
            batch.put(meta, CREATED_KEY, bytes(facts.createdAt().toString()));
            database.write(batch, true);
            return facts;
        } catch (RocksDBException e) {
            throw new StoreFault(
                    StoreFault.Reason.WRITE_FAILED, "cannot write to the new event store: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new StoreFault(StoreFault.Reason.DAMAGED, "the event store lacks its own facts");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
