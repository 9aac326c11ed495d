package dev.muster.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is committed together: events to append and changes to tables, all or nothing. */
final class Commit {

    /** An event with its record, encoded on the caller's thread. */
    @SuppressWarnings("ArrayRecordComponent") // lives from the caller to the committer only
    record Entry(StoredEvent event, byte[] record) {}

    /** A put, or a delete when the value is null. */
    @SuppressWarnings("ArrayRecordComponent") // lives from the caller to the committer only
    record Change(Table table, byte[] key, byte @Nullable [] value) {}

    private final List<Entry> entries = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private boolean durable;
    private long bytes;

    /** Set by the committer: the newest position once this commit is durable. */
    long position;

    /** Completed with the position of the last event appended, or the newest position when there was none. */
    final CompletableFuture<Long> done = new CompletableFuture<>();

    Commit append(Entry entry) {
        entries.add(entry);
        bytes += entry.record().length;
        durable = true;
        return this;
    }

    /** A change that must be on disk before the commit is acknowledged. */
    Commit change(Table table, byte[] key, byte @Nullable [] value) {
        durable = true;
        return lazily(table, key, value);
    }

    /** A change that may be lost in a power cut, though never before anything committed earlier. */
    Commit lazily(Table table, byte[] key, byte @Nullable [] value) {
        changes.add(new Change(table, key, value));
        bytes += key.length + (value == null ? 0 : value.length);
        return this;
    }

    List<Entry> entries() {
        return entries;
    }

    List<Change> changes() {
        return changes;
    }

    /** What it weighs in memory while it waits, roughly. */
    long bytes() {
        return bytes;
    }

    boolean durable() {
        return durable;
    }
}
