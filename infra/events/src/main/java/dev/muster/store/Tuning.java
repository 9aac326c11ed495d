package dev.muster.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;

/** RocksDB's options for this store, and the native memory they own. */
final class Tuning implements AutoCloseable {

    private static final long LOG_TOTAL_BYTES = 256L << 20;
    private static final long INFO_LOG_BYTES = 4L << 20;
    private static final int INFO_LOGS_KEPT = 3;
    private static final int BLOCK_BYTES = 16 << 10;
    private static final double BLOOM_BITS_PER_KEY = 10;

    private final Cache cache;
    private final BloomFilter bloom = new BloomFilter(BLOOM_BITS_PER_KEY);
    private final ColumnFamilyOptions family;
    private final DBOptions database;

    Tuning(StoreSettings settings) {
        this.cache = new LRUCache(settings.blockCacheBytes());
        this.family = new ColumnFamilyOptions()
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setBlockSize(BLOCK_BYTES)
                        .setFilterPolicy(bloom)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        .setFormatVersion(5))
                .setWriteBufferSize(settings.writeBufferBytes() / 2)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
        // Recovery keeps RocksDB's default, point-in-time: what was fsync'd is whole, and whatever a power cut left
        // behind it is cut off. The stricter modes refuse to open after exactly such a cut.
        this.database = new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                .setDbWriteBufferSize(settings.writeBufferBytes())
                .setMaxTotalWalSize(LOG_TOTAL_BYTES)
                .setMaxBackgroundJobs(2)
                .setMaxLogFileSize(INFO_LOG_BYTES)
                .setKeepLogFileNum(INFO_LOGS_KEPT)
                .setStatsDumpPeriodSec(0);
    }

    DBOptions database() {
        return database;
    }

    /** Every table of this version and every one found, also unknown ones: RocksDB refuses to open only some. */
    List<ColumnFamilyDescriptor> families(List<byte[]> found, boolean onlyFound) {
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        for (byte[] name : found) {
            families.add(new ColumnFamilyDescriptor(name, family));
        }
        if (found.isEmpty()) {
            families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family));
        }
        for (Table table : Table.values()) {
            boolean missing = found.stream().noneMatch(name -> Arrays.equals(name, table.familyName()));
            if (missing && !onlyFound) {
                families.add(new ColumnFamilyDescriptor(table.familyName(), family));
            }
        }
        return families;
    }

    @Override
    public void close() {
        database.close();
        family.close();
        bloom.close();
        cache.close();
    }
}
