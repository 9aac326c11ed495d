package dev.muster.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the embedded store keeps its directory.
 *
 * @param dir the store's own directory, by convention {@code <data>/events}; made when missing
 * @param syncWrites fsync before an append is acknowledged; false trades the last moments before a power cut for speed
 * @param queueMax appends that may wait for the disk before callers are refused
 * @param queueWait how long a caller waits for a place in that queue
 * @param batchMax appends that share one write and one fsync
 * @param commitWait how long a caller waits for its own commit before the outcome is reported as unknown
 * @param eventBytesMax largest encoded event, snapshot or table value, in bytes
 * @param eventsPerAppendMax most events in one append
 * @param appendBytesMax most bytes in one append; a batch is also closed when it has that many
 * @param blockCacheBytes memory for blocks read from disk
 * @param writeBufferBytes memory for what is in the write-ahead log but not yet in tables, over all tables
 */
public record StoreSettings(
        Path dir,
        boolean syncWrites,
        int queueMax,
        Duration queueWait,
        int batchMax,
        Duration commitWait,
        int eventBytesMax,
        int eventsPerAppendMax,
        long appendBytesMax,
        long blockCacheBytes,
        long writeBufferBytes) {

    public StoreSettings {
        if (queueMax < 1 || batchMax < 1 || eventBytesMax < 1024 || eventsPerAppendMax < 1) {
            throw new IllegalArgumentException(
                    "queueMax, batchMax and eventsPerAppendMax must be at least 1," + " eventBytesMax at least 1024");
        }
    }

    /** The defaults: fsync on, 2 048 waiting appends, 512 per fsync, 4 MiB per event, 32 MiB per append. */
    public static StoreSettings at(Path dir) {
        return new StoreSettings(
                dir,
                true,
                2_048,
                Duration.ofSeconds(2),
                512,
                Duration.ofSeconds(30),
                4 << 20,
                10_000,
                32L << 20,
                64L << 20,
                64L << 20);
    }

    public StoreSettings withSyncWrites(boolean sync) {
        return new StoreSettings(
                dir,
                sync,
                queueMax,
                queueWait,
                batchMax,
                commitWait,
                eventBytesMax,
                eventsPerAppendMax,
                appendBytesMax,
                blockCacheBytes,
                writeBufferBytes);
    }

    public StoreSettings withQueue(int places, Duration wait) {
        return new StoreSettings(
                dir,
                syncWrites,
                places,
                wait,
                batchMax,
                commitWait,
                eventBytesMax,
                eventsPerAppendMax,
                appendBytesMax,
                blockCacheBytes,
                writeBufferBytes);
    }
}
