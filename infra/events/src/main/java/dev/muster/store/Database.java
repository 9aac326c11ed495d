package dev.muster.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB behind a door: every native call happens while the database is certainly open, because a call on a freed handle
 * does not throw, it ends the process.
 */
final class Database implements AutoCloseable {

    /** A native call. */
    interface Call<T> {
        T on(RocksDB db) throws RocksDBException;
    }

    /** A native call that may find nothing. */
    interface Lookup {
        byte @Nullable [] on(RocksDB db) throws RocksDBException;
    }

    /** What a scan does with an entry; false ends the scan. */
    interface Visitor {
        boolean entry(byte[] key, byte[] value);
    }

    private final RocksDB db;
    private final Tuning tuning;
    private final List<ColumnFamilyHandle> opened;
    private final Map<Table, ColumnFamilyHandle> families = new EnumMap<>(Table.class);
    private final boolean readOnly;
    private final ReadWriteLock door = new ReentrantReadWriteLock();
    private boolean closed;

    private Database(RocksDB db, Tuning tuning, List<ColumnFamilyHandle> opened, boolean readOnly)
            throws RocksDBException {
        this.db = db;
        this.tuning = tuning;
        this.opened = opened;
        this.readOnly = readOnly;
        for (Table table : Table.values()) {
            for (ColumnFamilyHandle handle : opened) {
                if (Arrays.equals(handle.getName(), table.familyName())) {
                    families.put(table, handle);
                }
            }
        }
    }

    /** Opens or makes the database in this directory; read-only never makes one and never writes. */
    static Database open(Path dir, StoreSettings settings, boolean readOnly) {
        NativeLibrary.load(settings.dir());
        if (readOnly && !Files.exists(dir.resolve("CURRENT"))) {
            throw new StoreFault(StoreFault.Reason.NOT_A_STORE, "there is no event store in " + dir);
        }
        Tuning tuning = new Tuning(settings);
        try (Options listing = new Options()) {
            Files.createDirectories(dir);
            List<ColumnFamilyDescriptor> wanted =
                    tuning.families(RocksDB.listColumnFamilies(listing, dir.toString()), readOnly);
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            RocksDB db = readOnly
                    ? RocksDB.openReadOnly(tuning.database(), dir.toString(), wanted, handles)
                    : RocksDB.open(tuning.database(), dir.toString(), wanted, handles);
            return new Database(db, tuning, handles, readOnly);
        } catch (RocksDBException | IOException e) {
            tuning.close();
            throw new StoreFault(
                    StoreFault.Reason.DAMAGED, "cannot open event store " + dir + ": " + e.getMessage(), e);
        }
    }

    /** Runs a native call; a failure of the database becomes {@code DAMAGED}. */
    <T> T call(Call<T> call) {
        try {
            return attempt(call);
        } catch (RocksDBException e) {
            throw new StoreFault(StoreFault.Reason.DAMAGED, "the event store cannot be read: " + e.getMessage(), e);
        }
    }

    /** The same for calls that may find nothing. */
    private byte @Nullable [] find(Lookup lookup) {
        byte[][] found = new byte[1][];
        call(db -> {
            byte[] value = lookup.on(db);
            if (value != null) {
                found[0] = value;
            }
            return true;
        });
        return found[0];
    }

    byte @Nullable [] get(Table table, byte[] key) {
        return find(db -> db.get(family(table), key));
    }

    /** The values of these keys, null where there is none. */
    List<byte @Nullable []> getAll(Table table, List<byte[]> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>(keys.size());
        keys.forEach(key -> handles.add(family(table)));
        return call(db -> db.multiGetAsList(handles, keys));
    }

    /** The last key of a table, or null when it is empty. */
    byte @Nullable [] lastKey(Table table) {
        return find(db -> {
            try (RocksIterator at = db.newIterator(family(table))) {
                at.seekToLast();
                at.status();
                return at.isValid() ? at.key() : null;
            }
        });
    }

    /** The last key that is not after this one and starts with the prefix, or null. */
    byte @Nullable [] lastKeyUpTo(Table table, byte[] key, byte[] prefix) {
        return find(db -> {
            try (RocksIterator at = db.newIterator(family(table))) {
                at.seekForPrev(key);
                at.status();
                if (!at.isValid()) {
                    return null;
                }
                byte[] found = at.key();
                return Keys.startsWith(found, prefix) ? found : null;
            }
        });
    }

    /** Visits entries in order of key, beginning with the first at or after {@code from}, while they carry the prefix. */
    void scan(Table table, byte[] from, byte[] prefix, Visitor visitor) {
        call(db -> {
            try (RocksIterator at = db.newIterator(family(table))) {
                at.seek(from);
                while (at.isValid()) {
                    byte[] key = at.key();
                    if (!Keys.startsWith(key, prefix) || !visitor.entry(key, at.value())) {
                        return true;
                    }
                    at.next();
                }
                at.status();
                return true;
            }
        });
    }

    /** The values of the keys in [from, to), at most {@code max}; the long way past the cache. */
    List<byte[]> values(Table table, byte[] from, byte[] to, int max) {
        return call(db -> {
            List<byte[]> values = new ArrayList<>(Math.min(max, 1_024));
            try (Slice end = new Slice(to);
                    ReadOptions reading = new ReadOptions().setIterateUpperBound(end);
                    RocksIterator at = db.newIterator(family(table), reading)) {
                for (at.seek(from); at.isValid() && values.size() < max; at.next()) {
                    values.add(at.value());
                }
                at.status();
                return values;
            }
        });
    }

    ColumnFamilyHandle family(Table table) {
        ColumnFamilyHandle handle = families.get(table);
        if (handle == null) {
            throw new StoreFault(StoreFault.Reason.DAMAGED, "the event store lacks its table " + table);
        }
        return handle;
    }

    boolean has(Table table) {
        return families.containsKey(table);
    }

    /** Writes all or nothing. With {@code sync} it has been fsync'd when this returns. */
    void write(WriteBatch batch, boolean sync) throws RocksDBException {
        if (readOnly) {
            throw new StoreFault(StoreFault.Reason.CLOSED, "the event store was opened for reading only");
        }
        attempt(db -> {
            try (WriteOptions options = new WriteOptions().setSync(sync)) {
                db.write(options, batch);
            }
            return true;
        });
    }

    /** A second, complete database in {@code target}, sharing files by hard link where the file system allows it. */
    void checkpoint(Path target) {
        call(db -> {
            try (Checkpoint checkpoint = Checkpoint.create(db)) {
                checkpoint.createCheckpoint(target.toString());
            }
            return true;
        });
    }

    /** Bytes of all tables' files. */
    long fileBytes() {
        return call(db -> {
            long bytes = 0;
            for (ColumnFamilyHandle family : opened) {
                bytes += db.getLongProperty(family, "rocksdb.total-sst-files-size");
            }
            return bytes;
        });
    }

    /** Rewrites one table without what was deleted, and drops the write-ahead logs that still held it. */
    void scrub(Table table) {
        call(db -> {
            try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
                db.flush(flush, opened);
            }
            try (var compact = new org.rocksdb.CompactRangeOptions()
                    .setBottommostLevelCompaction(org.rocksdb.CompactRangeOptions.BottommostLevelCompaction.kForce)) {
                db.compactRange(family(table), null, null, compact);
            }
            return true;
        });
    }

    @Override
    public void close() {
        door.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            opened.forEach(ColumnFamilyHandle::close);
            db.close();
            tuning.close();
        } finally {
            door.writeLock().unlock();
        }
    }

    private <T> T attempt(Call<T> call) throws RocksDBException {
        door.readLock().lock();
        try {
            if (closed) {
                throw new StoreFault(StoreFault.Reason.CLOSED, "the event store is closed");
            }
            return call.on(db);
        } finally {
            door.readLock().unlock();
        }
    }
}
