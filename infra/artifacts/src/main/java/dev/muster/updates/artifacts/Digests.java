package dev.muster.updates.artifacts;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The three digests that devices ask for, taken in one pass.
 *
 * @param sha256 lower-case hex, as are the others
 * @param size bytes that went in
 */
record Digests(String sha256, String sha1, String md5, long size) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Only such text may become a path or a key. */
    static boolean isSha256(String text) {
        return SHA256.matcher(text).matches();
    }

    /** Takes them while the bytes go by. Not thread-safe. */
    static final class Taker {

        private final MessageDigest sha256 = digest("SHA-256");
        private final MessageDigest sha1 = digest("SHA-1");
        private final MessageDigest md5 = digest("MD5");
        private long size;

        /** Takes the bytes from position to limit; the buffer is left as it was. */
        void take(ByteBuffer bytes) {
            size += bytes.remaining();
            sha256.update(bytes.duplicate());
            sha1.update(bytes.duplicate());
            md5.update(bytes.duplicate());
        }

        /** How many bytes went in so far. */
        long size() {
            return size;
        }

        /** The result; call it once. */
        Digests done() {
            HexFormat hex = HexFormat.of();
            return new Digests(
                    hex.formatHex(sha256.digest()), hex.formatHex(sha1.digest()), hex.formatHex(md5.digest()), size);
        }

        private static MessageDigest digest(String name) {
            try {
                return MessageDigest.getInstance(name);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has " + name, e);
            }
        }
    }
}
