package dev.muster.updates.bundles.squashfs;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What a name stands for, as far as we care. */
sealed interface Inode {

    int DIRECTORY = 1;
    int FILE = 2;

    /** Extended inodes have the type of the basic ones and this. */
    int EXTENDED = 7;

    /**
     * @param block where its listing starts, counted from the start of the table of directories
     * @param offset in the unpacked block
     * @param size of the listing in bytes
     */
    record Directory(long block, int offset, long size) implements Inode {}

    /**
     * @param start where its first block lies
     * @param size in bytes
     * @param fragment number of the block that holds its end, or {@link #NO_FRAGMENT}
     * @param offset of its end in that block
     * @param blockList how many bytes each of its blocks has is what follows there
     */
    record File(long start, long size, long fragment, long offset, Metadata blockList) implements Inode {
        static final long NO_FRAGMENT = 0xffff_ffffL;
    }

    /** Links, devices and the like. */
    record Other() implements Inode {}

    /** The size of a listing counts two entries that it does not contain. */
    int LISTING_EXTRA = 3;

    static Inode read(Metadata in) throws IOException {
        int type = in.next(16).getShort(0) & 0xffff;
        return switch (type) {
            case DIRECTORY -> {
                ByteBuffer rest = in.next(16);
                yield directory(unsigned(rest, 0), rest.getShort(8) & 0xffff, rest.getShort(10) & 0xffff);
            }
            case DIRECTORY + EXTENDED -> {
                ByteBuffer rest = in.next(24);
                yield directory(unsigned(rest, 8), unsigned(rest, 4), rest.getShort(18) & 0xffff);
            }
            case FILE -> {
                ByteBuffer rest = in.next(16);
                yield file(unsigned(rest, 0), unsigned(rest, 12), unsigned(rest, 4), unsigned(rest, 8), in);
            }
            case FILE + EXTENDED -> {
                ByteBuffer rest = in.next(40);
                yield file(rest.getLong(0), rest.getLong(8), unsigned(rest, 28), unsigned(rest, 32), in);
            }
            default -> {
                if (type < 1 || type > 2 * EXTENDED) {
                    throw new SquashfsException("has an inode of the unknown type %d".formatted(type));
                }
                yield new Other();
            }
        };
    }

    private static Directory directory(long block, long size, int offset) {
        return new Directory(block, offset, Math.max(0, size - LISTING_EXTRA));
    }

    private static File file(long start, long size, long fragment, long offset, Metadata blockList) {
        if (start < 0 || size < 0) {
            throw new SquashfsException("has a file of %d bytes at %d, which cannot be".formatted(size, start));
        }
        return new File(start, size, fragment, offset, blockList);
    }

    private static long unsigned(ByteBuffer in, int at) {
        return in.getInt(at) & 0xffff_ffffL;
    }
}
