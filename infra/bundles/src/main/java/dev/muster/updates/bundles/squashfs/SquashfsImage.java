package dev.muster.updates.bundles.squashfs;

import dev.muster.updates.ArtifactContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The root directory of a squashfs 4.0 image, and the plain files in it. Reads only what it is asked for, and every place
 * in the image that something refers to must lie in the part of it that is for that kind of thing. Whatever is wrong is
 * a {@link SquashfsException}.
 */
public final class SquashfsImage {

    private static final int STORED = 1 << 24;
    private static final int SIZE_MASK = STORED - 1;
    private static final int FRAGMENT_ENTRY_SIZE = 16;
    private static final int FRAGMENTS_IN_A_BLOCK = Blocks.METADATA_SIZE / FRAGMENT_ENTRY_SIZE;
    private static final int OFFSET_BITS = 16;
    private static final int OFFSET_MASK = 0xffff;
    private static final int DIRECTORY_HEADER_SIZE = 12;
    private static final int DIRECTORY_ENTRY_SIZE = 8;
    private static final int ENTRIES_IN_A_RUN_MAX = 256;

    private final Superblock superblock;
    private final SquashfsLimits limits;
    private final Blocks blocks;

    private SquashfsImage(Superblock superblock, SquashfsLimits limits, Blocks blocks) {
        this.superblock = superblock;
        this.limits = limits;
        this.blocks = blocks;
    }

    /** A name in the root directory. */
    public static final class Entry {

        private final String name;
        private final int type;
        private final long inode;

        private Entry(String name, int type, long inode) {
            this.name = name;
            this.type = type;
            this.inode = inode;
        }

        public String name() {
            return name;
        }

        public boolean isPlainFile() {
            return type == Inode.FILE;
        }
    }

    /**
     * Reads the first bytes of an image.
     *
     * @param size bytes of the content that may belong to it
     */
    public static SquashfsImage open(ArtifactContent content, long size, SquashfsLimits limits) throws IOException {
        if (size < Superblock.SIZE) {
            throw new SquashfsException("ends after %d bytes".formatted(size));
        }
        byte[] first = new byte[Superblock.SIZE];
        content.read(0, ByteBuffer.wrap(first));
        Superblock superblock = Superblock.read(first, size);
        return new SquashfsImage(
                superblock, limits, new Blocks(content, superblock.compression(), new UnpackBudget(limits)));
    }

    public Compression compression() {
        return superblock.compression();
    }

    /** Bytes of the image itself; what fills it up to whole blocks is not counted. */
    public long bytesUsed() {
        return superblock.bytesUsed();
    }

    /** What is in the root directory, in its order. */
    public List<Entry> root() throws IOException {
        if (!(inode(superblock.rootInode()) instanceof Inode.Directory directory)) {
            throw new SquashfsException("has a root that is no directory");
        }
        List<Entry> entries = new ArrayList<>();
        if (directory.size() == 0) {
            return entries;
        }
        Metadata in = new Metadata(
                blocks, superblock.directoryTable() + directory.block(), superblock.directoryEnd(), directory.offset());
        long left = directory.size();
        while (left > 0) {
            ByteBuffer header = in.next(DIRECTORY_HEADER_SIZE);
            left -= DIRECTORY_HEADER_SIZE;
            long count = (header.getInt(0) & 0xffff_ffffL) + 1;
            if (count > ENTRIES_IN_A_RUN_MAX) {
                throw new SquashfsException("has a directory with a run of %d names".formatted(count));
            }
            long block = header.getInt(4) & 0xffff_ffffL;
            for (int i = 0; i < count; i++) {
                ByteBuffer fixed = in.next(DIRECTORY_ENTRY_SIZE);
                int nameSize = (fixed.getShort(6) & 0xffff) + 1;
                left -= DIRECTORY_ENTRY_SIZE + nameSize;
                if (nameSize > ENTRIES_IN_A_RUN_MAX || left < 0) {
                    throw new SquashfsException("has a root directory that runs over its end");
                }
                String name = new String(in.next(nameSize).array(), StandardCharsets.UTF_8);
                long inode = (block << OFFSET_BITS) | (fixed.getShort(0) & OFFSET_MASK);
                entries.add(new Entry(name, fixed.getShort(4) & 0xffff, inode));
                if (entries.size() > limits.entriesMax()) {
                    throw new SquashfsException("has more than %d names in its root".formatted(limits.entriesMax()));
                }
            }
        }
        return entries;
    }

    /** Bytes of a plain file in the root directory. */
    public long fileSize(Entry entry) throws IOException {
        return file(entry).size();
    }

    /**
     * What is in a plain file.
     *
     * @param sizeMax in bytes; more are refused without being unpacked
     */
    public byte[] file(Entry entry, int sizeMax) throws IOException {
        Inode.File file = file(entry);
        if (file.size() > sizeMax) {
            throw new SquashfsException(
                    "has the file %s of %d bytes, the most is %d".formatted(entry.name(), file.size(), sizeMax));
        }
        byte[] content = new byte[(int) file.size()];
        boolean inFragment = file.fragment() != Inode.File.NO_FRAGMENT;
        int filled = 0;
        long at = file.start();
        while (content.length - filled >= (inFragment ? superblock.blockSize() : 1)) {
            int wanted = Math.min(superblock.blockSize(), content.length - filled);
            int word = file.blockList().next(Integer.BYTES).getInt(0);
            int packed = word & SIZE_MASK;
            // A block without bytes is a hole, and holes are zeros.
            if (packed > 0) {
                byte[] block = data(at, packed, (word & STORED) != 0);
                if (block.length != wanted) {
                    throw new SquashfsException(
                            "has a block of %d bytes where there should be %d".formatted(block.length, wanted));
                }
                System.arraycopy(block, 0, content, filled, wanted);
                at += packed;
            }
            filled += wanted;
        }
        if (filled < content.length) {
            byte[] fragment = fragment(file.fragment());
            int wanted = content.length - filled;
            if (file.offset() > fragment.length - wanted) {
                throw new SquashfsException("has a file that ends beyond its fragment");
            }
            System.arraycopy(fragment, (int) file.offset(), content, filled, wanted);
        }
        return content;
    }

    private Inode.File file(Entry entry) throws IOException {
        if (!entry.isPlainFile() || !(inode(entry.inode) instanceof Inode.File file)) {
            throw new SquashfsException("has something else than a plain file as %s".formatted(entry.name()));
        }
        return file;
    }

    private Inode inode(long reference) throws IOException {
        long start = superblock.inodeTable() + (reference >>> OFFSET_BITS);
        if (start >= superblock.directoryTable()) {
            throw new SquashfsException("refers to an inode outside of its inodes");
        }
        return Inode.read(new Metadata(blocks, start, superblock.directoryTable(), (int) (reference & OFFSET_MASK)));
    }

    private byte[] fragment(long number) throws IOException {
        long places = superblock.fragmentTable();
        long place = places + number / FRAGMENTS_IN_A_BLOCK * Long.BYTES;
        if (places < 0 || number >= superblock.fragments() || place > superblock.bytesUsed() - Long.BYTES) {
            throw new SquashfsException("refers to fragment %d, which is not there".formatted(number));
        }
        long table = Blocks.littleEndian(blocks.raw(place, Long.BYTES)).getLong(0);
        if (table < superblock.directoryTable() || table >= places) {
            throw new SquashfsException("has a list of fragments outside of its tables");
        }
        int offset = (int) (number % FRAGMENTS_IN_A_BLOCK) * FRAGMENT_ENTRY_SIZE;
        ByteBuffer entry = new Metadata(blocks, table, places, offset).next(FRAGMENT_ENTRY_SIZE);
        int word = entry.getInt(8);
        return data(entry.getLong(0), word & SIZE_MASK, (word & STORED) != 0);
    }

    private byte[] data(long at, int packed, boolean stored) throws IOException {
        return blocks.data(at, packed, stored, superblock.blockSize(), Superblock.SIZE, superblock.inodeTable());
    }
}
