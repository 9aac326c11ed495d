package dev.muster.updates.bundles.squashfs;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads on through the blocks of one table. It only ever goes forward, so it comes to an end. */
final class Metadata {

    private final Blocks blocks;
    private final long end;
    private Blocks.Piece piece;
    private int at;

    /**
     * @param start where a block of the table starts
     * @param end where the table ends
     * @param offset in the unpacked block
     */
    Metadata(Blocks blocks, long start, long end, int offset) throws IOException {
        this.blocks = blocks;
        this.end = end;
        this.piece = blocks.metadata(start, end);
        if (offset > piece.bytes().length) {
            throw new SquashfsException(
                    "refers to byte %d of a block that has %d".formatted(offset, piece.bytes().length));
        }
        this.at = offset;
    }

    /** The next bytes, little-endian. */
    ByteBuffer next(int length) throws IOException {
        byte[] bytes = new byte[length];
        int filled = 0;
        while (filled < length) {
            if (at == piece.bytes().length) {
                piece = blocks.metadata(piece.next(), end);
                at = 0;
            }
            int more = Math.min(length - filled, piece.bytes().length - at);
            System.arraycopy(piece.bytes(), at, bytes, filled, more);
            filled += more;
            at += more;
        }
        return Blocks.littleEndian(bytes);
    }
}
