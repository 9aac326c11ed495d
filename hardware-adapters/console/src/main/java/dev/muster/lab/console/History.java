package dev.muster.lab.console;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a line said since its reservation began: the newest bytes in a ring, each known by its position in all that came.
 * Readers hold nothing but a position; one that fell out of the ring goes on with the oldest byte there is. So a slow
 * reader costs nothing and can hold nobody up.
 */
final class History {

    private static final int FIRST_BYTES = 16 << 10;

    private final int bytesMax;
    /** Grows until it has its full size; before that no byte has wrapped around. */
    private byte[] ring;

    private long end;

    History(int bytesMax) {
        this.bytesMax = bytesMax;
        this.ring = new byte[Math.min(FIRST_BYTES, bytesMax)];
    }

    /** Some bytes, and the position behind them. */
    record Piece(byte[] bytes, long next) {}

    synchronized void append(byte[] bytes, int length) {
        int skipped = Math.max(0, length - bytesMax);
        makeRoomFor(length);
        end += skipped;
        int at = (int) (end % ring.length);
        int first = Math.min(length - skipped, ring.length - at);
        System.arraycopy(bytes, skipped, ring, at, first);
        System.arraycopy(bytes, skipped + first, ring, 0, length - skipped - first);
        end += length - skipped;
    }

    /** The position so many bytes ago, or that of the oldest byte. */
    synchronized long before(int bytes) {
        return Math.max(oldest(), end - Math.max(0, bytes));
    }

    /** What came at a position and after it; null when nothing has come yet. */
    synchronized @Nullable Piece from(long position, int lengthMax) {
        long start = Math.max(position, oldest());
        int length = (int) Math.min(end - start, lengthMax);
        if (length <= 0) {
            return null;
        }
        byte[] piece = new byte[length];
        int at = (int) (start % ring.length);
        int first = Math.min(length, ring.length - at);
        System.arraycopy(ring, at, piece, 0, first);
        System.arraycopy(ring, 0, piece, first, length - first);
        return new Piece(piece, start + length);
    }

    private long oldest() {
        return Math.max(0, end - bytesMax);
    }

    private void makeRoomFor(int length) {
        int wanted = (int) Math.min(bytesMax, end + length);
        if (wanted > ring.length) {
            ring = Arrays.copyOf(ring, (int) Math.min(bytesMax, Math.max(wanted, 2L * ring.length)));
        }
    }
}
