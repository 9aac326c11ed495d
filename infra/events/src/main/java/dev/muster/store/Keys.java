package dev.muster.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keys whose byte order is the order of what they stand for. */
final class Keys {

    /** Longest identifier used as a key, in bytes of UTF-8. */
    static final int TEXT_MAX = 1_024;

    private Keys() {}

    static byte[] ofLong(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    static long toLong(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    /** The bytes of a text, refused when it is too long or holds the NUL that ends a text within a key. */
    static byte[] ofText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > TEXT_MAX || text.indexOf('\0') >= 0) {
            throw new StoreFault(
                    StoreFault.Reason.TOO_LARGE,
                    "an identifier must have 1 to " + TEXT_MAX + " bytes and no NUL, this one has " + bytes.length);
        }
        return bytes;
    }

    /** A text and its end: the common start of all its numbered keys. */
    static byte[] prefix(String text) {
        byte[] bytes = ofText(text);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    static byte[] numbered(String text, long number) {
        byte[] bytes = ofText(text);
        return ByteBuffer.allocate(bytes.length + 1 + Long.BYTES)
                .put(bytes)
                .put((byte) 0)
                .putLong(number)
                .array();
    }

    /** The number at the end of a numbered key. */
    static long numberOf(byte[] key) {
        return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
    }

    /** The text at the start of a numbered key. */
    static String textOf(byte[] key) {
        return new String(key, 0, key.length - 1 - Long.BYTES, StandardCharsets.UTF_8);
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
