package dev.muster.store;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The few primitives of the on-disk formats: unsigned varints, counted bytes, texts (UUIDs as 16 bytes), nullables. */
final class Bytes {

    private static final int TEXT_NULL = 0;
    private static final int TEXT_UUID = 1;
    /** A text's first varint is its length in bytes plus this, so that null and UUID need no byte of their own. */
    private static final int TEXT_PLAIN = 2;

    private Bytes() {}

    static void writeVarint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    static long readVarint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new BufferUnderflowException();
    }

    static void writeLong(ByteArrayOutputStream out, long value) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /** Seconds since 1970 as 8 bytes, nanoseconds of the second as 4. */
    static void writeInstant(ByteArrayOutputStream out, Instant instant) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(instant.getEpochSecond())
                .putInt(instant.getNano())
                .array());
    }

    static Instant readInstant(ByteBuffer in) {
        return Instant.ofEpochSecond(in.getLong(), in.getInt());
    }

    static void writeBytes(ByteArrayOutputStream out, byte[] bytes) {
        writeVarint(out, bytes.length);
        out.writeBytes(bytes);
    }

    static byte[] readBytes(ByteBuffer in) {
        return readExactly(in, readVarint(in));
    }

    static void writeText(ByteArrayOutputStream out, @Nullable String text) {
        if (text == null) {
            out.write(TEXT_NULL);
            return;
        }
        UUID uuid = asUuid(text);
        if (uuid != null) {
            out.write(TEXT_UUID);
            writeLong(out, uuid.getMostSignificantBits());
            writeLong(out, uuid.getLeastSignificantBits());
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writeVarint(out, bytes.length + (long) TEXT_PLAIN);
        out.writeBytes(bytes);
    }

    static @Nullable String readText(ByteBuffer in) {
        long tag = readVarint(in);
        if (tag == TEXT_NULL) {
            return null;
        }
        if (tag == TEXT_UUID) {
            return new UUID(in.getLong(), in.getLong()).toString();
        }
        return new String(readExactly(in, tag - TEXT_PLAIN), StandardCharsets.UTF_8);
    }

    private static byte[] readExactly(ByteBuffer in, long length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    /** The UUID a text stands for, only if it is written exactly as {@link UUID#toString()} writes it. */
    private static @Nullable UUID asUuid(String text) {
        if (text.length() != 36 || text.charAt(8) != '-' || text.charAt(23) != '-') {
            return null;
        }
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.toString().equals(text) ? uuid : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
