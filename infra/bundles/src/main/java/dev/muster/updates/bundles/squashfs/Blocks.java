package dev.muster.updates.bundles.squashfs;

import dev.muster.updates.ArtifactContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Fetches the pieces of an image, unpacked. */
final class Blocks {

    /** Bytes in a block of inodes, directories or tables, once unpacked. */
    static final int METADATA_SIZE = 8192;

    private static final int METADATA_STORED = 0x8000;

    /** A piece of metadata, and where the next one starts. */
    record Piece(byte[] bytes, long next) {}

    private final ArtifactContent content;
    private final Compression compression;
    private final UnpackBudget budget;

    Blocks(ArtifactContent content, Compression compression, UnpackBudget budget) {
        this.content = content;
        this.compression = compression;
        this.budget = budget;
    }

    /**
     * A block of data.
     *
     * @param stored whether it is not packed
     * @param from the first place where data may lie
     * @param end where data ends
     */
    byte[] data(long at, int packed, boolean stored, int max, long from, long end) throws IOException {
        if (packed < 1 || packed > max || at < from || at > end - packed) {
            throw new SquashfsException("has %d bytes of data at %d, which cannot be".formatted(packed, at));
        }
        return unpacked(raw(at, packed), stored, max);
    }

    /** A block of metadata: two bytes that say how many follow, and those. */
    Piece metadata(long at, long end) throws IOException {
        if (at < Superblock.SIZE || at > end - Short.BYTES) {
            throw new SquashfsException("has a table that runs over its end");
        }
        int header = littleEndian(raw(at, Short.BYTES)).getShort() & 0xffff;
        int packed = header & ~METADATA_STORED;
        long next = at + Short.BYTES + packed;
        if (packed < 1 || packed > METADATA_SIZE || next > end) {
            throw new SquashfsException("has %d bytes in a table at %d, which cannot be".formatted(packed, at));
        }
        byte[] bytes = unpacked(raw(at + Short.BYTES, packed), (header & METADATA_STORED) != 0, METADATA_SIZE);
        return new Piece(bytes, next);
    }

    /** Bytes as they lie there; the caller knows that they do. */
    byte[] raw(long at, int length) throws IOException {
        byte[] bytes = new byte[length];
        content.read(at, ByteBuffer.wrap(bytes));
        return bytes;
    }

    static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] unpacked(byte[] bytes, boolean stored, int max) {
        byte[] unpacked = stored ? bytes : compression.unpacked(bytes, max);
        budget.spend(bytes.length, unpacked.length);
        return unpacked;
    }
}
