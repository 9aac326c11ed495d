package dev.muster.updates.bundles;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The digest of a stream without its end, when only after the end it is known how long that is. So much of the stream is
 * held back as the end may have at most.
 */
final class TailHeldDigest {

    private final MessageDigest digest;
    private final int tailMax;
    private final byte[] held;
    private int filled;

    TailHeldDigest(MessageDigest digest, int tailMax) {
        this.digest = digest;
        this.tailMax = tailMax;
        this.held = new byte[4 * tailMax];
    }

    /** Takes the bytes from position to limit and leaves the buffer as it is. */
    void update(ByteBuffer bytes) {
        ByteBuffer rest = bytes.duplicate();
        while (rest.hasRemaining()) {
            if (filled == held.length) {
                digest.update(held, 0, filled - tailMax);
                System.arraycopy(held, filled - tailMax, held, 0, tailMax);
                filled = tailMax;
            }
            int more = Math.min(rest.remaining(), held.length - filled);
            rest.get(held, filled, more);
            filled += more;
        }
    }

    /** Called once: the digest of everything but the last {@code tail} bytes, which are at most those held back. */
    byte[] without(int tail) {
        if (tail > Math.min(tailMax, filled)) {
            throw new IllegalArgumentException("only %d bytes were held back".formatted(Math.min(tailMax, filled)));
        }
        digest.update(held, 0, filled - tail);
        return digest.digest();
    }
}
