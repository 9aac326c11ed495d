package dev.muster.store;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The event on disk. Integers are big-endian; {@code varint} is unsigned LEB128; {@code text} is a varint (0 = null, 1 =
 * UUID in 16 bytes, n ≥ 2 = n − 2 bytes of UTF-8).
 *
 * <pre>
 * offset  size  content
 *      0     1  format of the record, now 1
 *      1     1  flags: bit 0 = belongs to an aggregate
 *      2     4  check = CRC32C(all other bytes of the record) xor CRC32C(the eight bytes of the position)
 *      6     8  timestamp, seconds since 1970
 *     14     4  timestamp, nanoseconds of the second
 *     18     …  text event id, text type, text revision,
 *               [if it belongs to an aggregate: text aggregate type, text aggregate id, varint sequence]
 *               varint length + payload, varint length + metadata
 * </pre>
 *
 * The position is the key of the record and part of its check, so a record at a wrong place is found as well. Content is
 * encoded and summed on the caller's thread; the committer only patches four bytes once the position is known.
 */
final class RecordCodec {

    static final byte FORMAT = 1;

    private static final int FLAG_AGGREGATE = 1;
    private static final int CHECK_AT = 2;
    private static final int CONTENT_AT = 6;
    private static final int TIME_END = 18;

    private RecordCodec() {}

    /** The record with its check still lacking the position. */
    static byte[] encode(StoredEvent event) {
        var out = new ByteArrayOutputStream(128 + event.payload().length + event.metadata().length);
        out.write(FORMAT);
        out.write(event.aggregateId() == null ? 0 : FLAG_AGGREGATE);
        out.writeBytes(new byte[4]);
        Bytes.writeInstant(out, event.timestamp());
        Bytes.writeText(out, event.id());
        Bytes.writeText(out, event.type());
        Bytes.writeText(out, event.revision());
        if (event.aggregateId() != null) {
            Bytes.writeText(out, event.aggregateType());
            Bytes.writeText(out, event.aggregateId());
            Bytes.writeVarint(out, event.sequence());
        }
        Bytes.writeBytes(out, event.payload());
        Bytes.writeBytes(out, event.metadata());
        byte[] bytes = out.toByteArray();
        ByteBuffer.wrap(bytes).putInt(CHECK_AT, checkOfContent(bytes));
        return bytes;
    }

    /** Makes the record valid at this position, and at no other. */
    static void seal(byte[] unsealed, long position) {
        ByteBuffer record = ByteBuffer.wrap(unsealed);
        record.putInt(CHECK_AT, record.getInt(CHECK_AT) ^ checkOfPosition(position));
    }

    /**
     * Reads a sealed record.
     *
     * @throws StoreFault {@code DAMAGED} when the check does not agree, {@code NEWER_FORMAT} for a later format
     */
    static StoredEvent decode(long position, byte[] bytes) {
        if (bytes.length < TIME_END) {
            throw damaged(position, "it is cut short");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getInt(CHECK_AT) != (checkOfContent(bytes) ^ checkOfPosition(position))) {
            throw damaged(position, "its checksum does not agree");
        }
        if (bytes[0] != FORMAT) {
            throw new StoreFault(
                    StoreFault.Reason.NEWER_FORMAT,
                    "event at position " + position + " has format " + bytes[0] + ", this version reads " + FORMAT);
        }
        try {
            return decodeContent(position, bytes[1], in);
        } catch (BufferUnderflowException e) {
            throw damaged(position, "its lengths do not agree");
        }
    }

    private static StoredEvent decodeContent(long position, byte flags, ByteBuffer in) {
        in.position(CONTENT_AT);
        Instant timestamp = Bytes.readInstant(in);
        String id = required(position, Bytes.readText(in));
        String type = required(position, Bytes.readText(in));
        String revision = Bytes.readText(in);
        String aggregateType = null;
        String aggregateId = null;
        long sequence = 0;
        if ((flags & FLAG_AGGREGATE) != 0) {
            aggregateType = Bytes.readText(in);
            aggregateId = Bytes.readText(in);
            sequence = Bytes.readVarint(in);
        }
        byte[] payload = Bytes.readBytes(in);
        byte[] metadata = Bytes.readBytes(in);
        return new StoredEvent(
                position, id, timestamp, type, revision, aggregateType, aggregateId, sequence, payload, metadata);
    }

    private static int checkOfContent(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CHECK_AT);
        crc.update(bytes, CONTENT_AT, bytes.length - CONTENT_AT);
        return (int) crc.getValue();
    }

    private static int checkOfPosition(long position) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, position));
        return (int) crc.getValue();
    }

    private static String required(long position, @Nullable String text) {
        if (text == null) {
            throw damaged(position, "its id or type is missing");
        }
        return text;
    }

    private static StoreFault damaged(long position, String why) {
        return new StoreFault(StoreFault.Reason.DAMAGED, "event at position " + position + " is damaged: " + why);
    }
}
