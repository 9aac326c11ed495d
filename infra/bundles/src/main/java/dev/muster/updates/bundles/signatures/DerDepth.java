package dev.muster.updates.bundles.signatures;

/**
 * Looks at how deep a BER text nests before it is parsed, for parsers go down as deep as they are led, and 64 KiB can
 * lead them further than the stack reaches.
 */
final class DerDepth {

    private static final int DEPTH_MAX = 48;
    private static final long UNTIL_MARKED = -1;

    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1f;
    private static final int MORE = 0x80;
    private static final int LENGTH_BYTES_MAX = 4;

    private final byte[] text;
    private final long[] ends = new long[DEPTH_MAX];
    private int depth;
    private int at;

    private DerDepth(byte[] text) {
        this.text = text;
    }

    /** Throws {@link BrokenSignatureException} when it nests too deep, or its lengths do not fit. */
    static void check(byte[] text) {
        new DerDepth(text).check();
    }

    private void check() {
        while (at < text.length) {
            while (depth > 0 && ends[depth - 1] == at) {
                depth--;
            }
            element();
        }
    }

    private void element() {
        int tag = next();
        if ((tag & LONG_TAG) == LONG_TAG) {
            while ((next() & MORE) != 0) {
                // The rest of a long tag says nothing about depth.
            }
        }
        long length = length();
        if (tag == 0 && length == 0 && depth > 0 && ends[depth - 1] == UNTIL_MARKED) {
            depth--;
            return;
        }
        if ((tag & CONSTRUCTED) != 0) {
            if (depth == DEPTH_MAX) {
                throw new BrokenSignatureException("nests more than %d deep".formatted(DEPTH_MAX));
            }
            ends[depth++] = length == UNTIL_MARKED ? UNTIL_MARKED : end(length);
        } else {
            at = (int) end(length);
        }
    }

    private long end(long length) {
        if (length < 0 || at + length > text.length) {
            throw new BrokenSignatureException("is cut short");
        }
        return at + length;
    }

    private long length() {
        int first = next();
        if (first < MORE) {
            return first;
        }
        if (first == MORE) {
            return UNTIL_MARKED;
        }
        int bytes = first & ~MORE;
        if (bytes > LENGTH_BYTES_MAX) {
            throw new BrokenSignatureException("has a length of %d bytes".formatted(bytes));
        }
        long length = 0;
        for (int i = 0; i < bytes; i++) {
            length = length << 8 | next();
        }
        return length;
    }

    private int next() {
        if (at == text.length) {
            throw new BrokenSignatureException("is cut short");
        }
        return text[at++] & 0xff;
    }
}
