package dev.muster.updates.ddi;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A SHA-256 in four longs: small on the desk, compared in constant time. */
record Digest(long a, long b, long c, long d) {

    /** Reads 64 hex characters; null for anything else. */
    static @Nullable Digest parse(@Nullable String hex) {
        if (hex == null || hex.length() != 64) {
            return null;
        }
        try {
            return of(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static Digest of(byte[] sha256) {
        return new Digest(part(sha256, 0), part(sha256, 8), part(sha256, 16), part(sha256, 24));
    }

    private static long part(byte[] bytes, int from) {
        long value = 0;
        for (int i = from; i < from + 8; i++) {
            value = value << 8 | (bytes[i] & 0xff);
        }
        return value;
    }

    /** True when both are the same; takes equally long wherever they differ. */
    boolean matches(Digest other) {
        return ((a ^ other.a) | (b ^ other.b) | (c ^ other.c) | (d ^ other.d)) == 0;
    }

    /** Lower-case hex, as events carry it. */
    String hex() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(a) + hex.toHexDigits(b) + hex.toHexDigits(c) + hex.toHexDigits(d);
    }
}
