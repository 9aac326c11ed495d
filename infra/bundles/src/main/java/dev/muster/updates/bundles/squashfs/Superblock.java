package dev.muster.updates.bundles.squashfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first 96 bytes of an image, and where in it what lies: data, then inodes, directories, and tables.
 *
 * @param blockSize bytes of a whole data block
 * @param fragments how many blocks hold the ends of files
 * @param rootInode reference of the root directory's inode
 * @param bytesUsed of the image
 * @param inodeTable where inodes start and data ends
 * @param directoryTable where directories start and inodes end
 * @param directoryEnd where directories end at the latest
 * @param fragmentTable where the list of places of fragments lies, or -1
 */
record Superblock(
        int blockSize,
        long fragments,
        Compression compression,
        long rootInode,
        long bytesUsed,
        long inodeTable,
        long directoryTable,
        long directoryEnd,
        long fragmentTable) {

    static final int SIZE = 96;

    private static final int MAGIC = 0x73717368;
    private static final int BLOCK_SIZE_LOG_MIN = 12;
    private static final int BLOCK_SIZE_LOG_MAX = 20;
    private static final long NO_TABLE = -1;

    /**
     * @param bytes all {@link #SIZE} of them
     * @param size bytes that are there and may belong to the image
     */
    static Superblock read(byte[] bytes, long size) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        check(in.getInt(0) == MAGIC, "does not start as one");
        int major = in.getShort(28) & 0xffff;
        int minor = in.getShort(30) & 0xffff;
        check(major == 4 && minor == 0, "is of version %d.%d; only 4.0 is read here", major, minor);
        long blockSize = in.getInt(12) & 0xffff_ffffL;
        int log = in.getShort(22) & 0xffff;
        check(
                log >= BLOCK_SIZE_LOG_MIN && log <= BLOCK_SIZE_LOG_MAX && blockSize == 1L << log,
                "has blocks of %d bytes (2 to the power of %d)",
                blockSize,
                log);
        long bytesUsed = in.getLong(40);
        check(bytesUsed >= SIZE && bytesUsed <= size, "should have %d bytes, but there are %d", bytesUsed, size);
        long ids = in.getLong(48);
        long attributes = in.getLong(56);
        long inodes = in.getLong(64);
        long directories = in.getLong(72);
        long fragments = in.getLong(80);
        long exports = in.getLong(88);
        check(inodes >= SIZE && inodes < directories && directories <= bytesUsed, "has tables that overlap");
        long end = bytesUsed;
        for (long table : new long[] {ids, attributes, fragments, exports}) {
            if (table != NO_TABLE) {
                check(table >= directories && table <= bytesUsed, "has a table that lies outside of it");
                end = Math.min(end, table);
            }
        }
        return new Superblock(
                (int) blockSize,
                in.getInt(16) & 0xffff_ffffL,
                Compression.of(in.getShort(20) & 0xffff),
                in.getLong(32),
                bytesUsed,
                inodes,
                directories,
                end,
                fragments);
    }

    private static void check(boolean holds, String problem, Object... details) {
        if (!holds) {
            throw new SquashfsException(problem.formatted(details));
        }
    }
}
