package dev.muster.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A table of entries found by key and by due time. On disk an entry is two rows: {@code 'k' key → due, payload} and
 * {@code 'd' due key → nothing}; due is milliseconds since 1970, rounded up, so nothing is due early.
 *
 * <p>A change reads the old row first, so changes to one key take turns; changes to different keys share fsyncs.
 */
final class DueTable {

    /** One entry. */
    @SuppressWarnings("ArrayRecordComponent") // passed through, never compared
    record Entry(String key, Instant due, byte[] payload) {}

    private static final byte[] BY_KEY = {'k'};
    private static final byte[] BY_DUE = {'d'};
    private static final int STRIPES = 64;
    /** Entries that are written in one commit, so that each stays far below the largest there may be. */
    private static final int TOGETHER_MAX = 500;

    private final EmbeddedStore store;
    private final Table table;
    private final List<ReentrantLock> stripes = new ArrayList<>();

    DueTable(EmbeddedStore store, Table table) {
        this.store = store;
        this.table = table;
        for (int i = 0; i < STRIPES; i++) {
            stripes.add(new ReentrantLock());
        }
    }

    @Nullable
    Entry get(String key) {
        byte[] row = store.database().get(table, byKey(key));
        return row == null ? null : entry(key, row);
    }

    /** Puts the entry in the place of any of the same key; durable on return. */
    void put(Entry entry) {
        Lock stripe = stripe(entry.key());
        stripe.lock();
        try {
            store.commit(replacing(entry));
        } finally {
            stripe.unlock();
        }
    }

    /** Puts what is there under each key, and removes the entry where nothing is; durable on return. */
    void replace(Map<String, @Nullable Entry> changes) {
        Map<String, @Nullable Entry> part = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Entry> each : changes.entrySet()) {
            part.put(each.getKey(), each.getValue());
            if (part.size() == TOGETHER_MAX) {
                together(part);
                part.clear();
            }
        }
        together(part);
    }

    private void together(Map<String, @Nullable Entry> changes) {
        // In one order for all who take several, so that nobody waits for whoever waits for them.
        List<Lock> held = changes.keySet().stream()
                .map(DueTable::stripeOf)
                .distinct()
                .sorted()
                .<Lock>map(stripes::get)
                .toList();
        held.forEach(Lock::lock);
        try {
            Commit commit = new Commit();
            changes.forEach((key, entry) -> change(commit, key, entry));
            if (!commit.changes().isEmpty()) {
                store.commit(commit);
            }
        } finally {
            held.forEach(Lock::unlock);
        }
    }

    /**
     * Puts the entry unless there is one of the same key that is due after {@code now}.
     *
     * @return null when it was put, else the entry that is there
     */
    @Nullable
    Entry putIfAbsent(Entry entry, Instant now) {
        Lock stripe = stripe(entry.key());
        stripe.lock();
        try {
            Entry old = get(entry.key());
            if (old != null && old.due().isAfter(now)) {
                return old;
            }
            store.commit(replacing(entry));
            return null;
        } finally {
            stripe.unlock();
        }
    }

    /** Removes the entry of this key; durable on return. */
    boolean remove(String key) {
        return remove(key, null);
    }

    /**
     * Removes an entry that has had its time, unless it is due at another time by now. Not fsync'd: after a power cut it
     * may be there, and due, again.
     */
    boolean done(Entry entry) {
        return remove(entry.key(), entry.due());
    }

    private boolean remove(String key, @Nullable Instant onlyDue) {
        Lock stripe = stripe(key);
        stripe.lock();
        try {
            Entry old = get(key);
            if (old == null || (onlyDue != null && millis(old.due()) != millis(onlyDue))) {
                return false;
            }
            Commit commit = new Commit();
            if (onlyDue == null) {
                change(commit, key, null);
            } else {
                commit.lazily(table, byDue(old.due(), key), null).lazily(table, byKey(key), null);
            }
            store.commit(commit);
            return true;
        } finally {
            stripe.unlock();
        }
    }

    /** Entries due at or before this time, earliest first, at most {@code max}. */
    List<Entry> due(Instant now, int max) {
        long until = now.toEpochMilli();
        List<String> keys = new ArrayList<>();
        store.database().scan(table, BY_DUE, BY_DUE, (row, nothing) -> {
            if (keys.size() >= max || dueOf(row) > until) {
                return false;
            }
            keys.add(keyOf(row));
            return true;
        });
        List<Entry> entries = new ArrayList<>(keys.size());
        for (String key : keys) {
            Entry entry = get(key);
            if (entry != null && millis(entry.due()) <= until) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** When the earliest entry is due, or null when there is none. */
    @Nullable
    Instant earliest() {
        Instant[] found = new Instant[1];
        store.database().scan(table, BY_DUE, BY_DUE, (row, nothing) -> {
            found[0] = Instant.ofEpochMilli(dueOf(row));
            return false;
        });
        return found[0];
    }

    private Commit replacing(Entry entry) {
        Commit commit = new Commit();
        change(commit, entry.key(), entry);
        return commit;
    }

    private void change(Commit commit, String key, @Nullable Entry entry) {
        Entry old = get(key);
        if (old != null) {
            commit.change(table, byDue(old.due(), key), null);
        }
        if (entry != null) {
            byte[] due = Keys.ofLong(millis(entry.due()));
            commit.change(table, byDue(entry.due(), key), new byte[0]);
            commit.change(table, byKey(key), Keys.join(due, entry.payload()));
        } else if (old != null) {
            commit.change(table, byKey(key), null);
        }
    }

    private Lock stripe(String key) {
        return stripes.get(stripeOf(key));
    }

    private static int stripeOf(String key) {
        return Math.floorMod(key.hashCode(), STRIPES);
    }

    private static byte[] byKey(String key) {
        return Keys.join(BY_KEY, Keys.ofText(key));
    }

    private static byte[] byDue(Instant due, String key) {
        byte[] text = Keys.ofText(key);
        return ByteBuffer.allocate(1 + Long.BYTES + text.length)
                .put(BY_DUE)
                .putLong(millis(due))
                .put(text)
                .array();
    }

    private static long dueOf(byte[] row) {
        return ByteBuffer.wrap(row).getLong(1);
    }

    private static String keyOf(byte[] row) {
        int start = 1 + Long.BYTES;
        return new String(row, start, row.length - start, StandardCharsets.UTF_8);
    }

    private static Entry entry(String key, byte[] row) {
        byte[] payload = new byte[row.length - Long.BYTES];
        System.arraycopy(row, Long.BYTES, payload, 0, payload.length);
        return new Entry(key, Instant.ofEpochMilli(Keys.toLong(row)), payload);
    }

    private static long millis(Instant due) {
        Instant whole = due.truncatedTo(ChronoUnit.MILLIS);
        long millis = whole.equals(due) ? due.toEpochMilli() : whole.toEpochMilli() + 1;
        if (millis < 0) {
            throw new IllegalArgumentException("due before 1970: " + due);
        }
        return millis;
    }
}
