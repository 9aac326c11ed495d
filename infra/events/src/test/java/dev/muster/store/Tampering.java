package dev.muster.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Changes a closed store behind its back. */
final class Tampering {

    private interface Deed {
        void on(RocksDB db, ColumnFamilyHandle family) throws RocksDBException;
    }

    private Tampering() {}

    static void put(Path dir, Table table, byte[] key, byte[] value) throws RocksDBException {
        with(dir, table, (db, family) -> db.put(family, key, value));
    }

    static void delete(Path dir, Table table, byte[] key) throws RocksDBException {
        with(dir, table, (db, family) -> db.delete(family, key));
    }

    static byte[] get(Path dir, Table table, byte[] key) throws RocksDBException {
        byte[][] found = new byte[1][];
        with(dir, table, (db, family) -> found[0] = db.get(family, key));
        return found[0];
    }

    /** Adds a table that this version does not know, with something in it. */
    static void addTable(Path dir, String name) throws RocksDBException {
        byte[] family = name.getBytes(StandardCharsets.UTF_8);
        with(dir, Table.META, (db, meta) -> {
            try (ColumnFamilyHandle added = db.createColumnFamily(new ColumnFamilyDescriptor(family))) {
                db.put(added, family, family);
            }
        });
    }

    /** Moves a table from the log into files, so that there are files to damage. */
    static void flush(Path dir, Table table) throws RocksDBException {
        with(dir, table, (db, family) -> {
            try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
                db.flush(options, family);
            }
        });
    }

    private static void with(Path dir, Table table, Deed deed) throws RocksDBException {
        NativeLibrary.load(dir);
        String path = dir.resolve("db").toString();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (Options listing = new Options();
                DBOptions options = new DBOptions()) {
            List<ColumnFamilyDescriptor> families = RocksDB.listColumnFamilies(listing, path).stream()
                    .map(ColumnFamilyDescriptor::new)
                    .toList();
            try (RocksDB db = RocksDB.open(options, path, families, handles)) {
                for (ColumnFamilyHandle handle : handles) {
                    if (Arrays.equals(handle.getName(), table.familyName())) {
                        deed.on(db, handle);
                    }
                }
                handles.forEach(ColumnFamilyHandle::close);
            }
        }
    }
}
