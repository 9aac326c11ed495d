package dev.muster.updates.bundles;

import java.nio.ByteBuffer;

/** The sum of bytes modulo 2³² that cpio calls a CRC. */
final class ByteSum {

    private static final long EVEN_BYTES = 0x00ff00ff00ff00ffL;

    /** Sixteen-bit lanes overflow after 65535 / (2 × 255) = 128 additions of two bytes each. */
    private static final int ROUNDS_MAX = 128;

    private long sum;

    /** Adds the bytes from position to limit and leaves the buffer as it is. */
    void add(ByteBuffer bytes) {
        int at = bytes.position();
        int end = bytes.limit();
        while (end - at >= Long.BYTES) {
            int rounds = Math.min(ROUNDS_MAX, (end - at) / Long.BYTES);
            long lanes = 0;
            for (int i = 0; i < rounds; i++, at += Long.BYTES) {
                long eight = bytes.getLong(at);
                lanes += (eight & EVEN_BYTES) + (eight >>> 8 & EVEN_BYTES);
            }
            sum += (lanes & 0xffff) + (lanes >>> 16 & 0xffff) + (lanes >>> 32 & 0xffff) + (lanes >>> 48);
        }
        for (; at < end; at++) {
            sum += bytes.get(at) & 0xff;
        }
    }

    void reset() {
        sum = 0;
    }

    long value() {
        return sum & 0xffff_ffffL;
    }
}
