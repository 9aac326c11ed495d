package dev.muster.wamp;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads MessagePack. What it makes is never much bigger than what it read: a length alone takes no memory. */
final class MsgpackReader {

    private final ByteBuffer in;
    private int values;

    private MsgpackReader(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    static List<@Nullable Object> read(byte[] bytes) {
        MsgpackReader reader = new MsgpackReader(bytes);
        try {
            Object value = reader.value(0);
            if (!(value instanceof List<?> list)) {
                throw new ProtocolViolation("A message is a list.");
            }
            if (reader.in.hasRemaining()) {
                throw new ProtocolViolation("There is something after the message.");
            }
            @SuppressWarnings("unchecked") // Made by this reader.
            List<@Nullable Object> message = (List<@Nullable Object>) list;
            return message;
        } catch (BufferUnderflowException e) {
            throw new ProtocolViolation("A message breaks off.");
        }
    }

    private @Nullable Object value(int depth) {
        if (++values > Values.COUNT_MAX) {
            throw new ProtocolViolation("A message has too many values.");
        }
        int head = in.get() & 0xff;
        if (head < 0x80) {
            return (long) head;
        } else if (head < 0x90) {
            return map(head & 0x0f, depth);
        } else if (head < 0xa0) {
            return list(head & 0x0f, depth);
        } else if (head < 0xc0) {
            return text(head & 0x1f);
        } else if (head >= 0xe0) {
            return (long) (byte) head;
        }
        return switch (head) {
            case 0xc0 -> null;
            case 0xc2 -> Boolean.FALSE;
            case 0xc3 -> Boolean.TRUE;
            case 0xc4 -> bytes(in.get() & 0xff);
            case 0xc5 -> bytes(in.getShort() & 0xffff);
            case 0xc6 -> bytes(length());
            case 0xca -> (double) in.getFloat();
            case 0xcb -> in.getDouble();
            case 0xcc -> (long) (in.get() & 0xff);
            case 0xcd -> (long) (in.getShort() & 0xffff);
            case 0xce -> in.getInt() & 0xffff_ffffL;
            case 0xcf -> unsigned(in.getLong());
            case 0xd0 -> (long) in.get();
            case 0xd1 -> (long) in.getShort();
            case 0xd2 -> (long) in.getInt();
            case 0xd3 -> in.getLong();
            case 0xd4 -> undefined(in.get(), in.get());
            case 0xd9 -> text(in.get() & 0xff);
            case 0xda -> text(in.getShort() & 0xffff);
            case 0xdb -> text(length());
            case 0xdc -> list(in.getShort() & 0xffff, depth);
            case 0xdd -> list(length(), depth);
            case 0xde -> map(in.getShort() & 0xffff, depth);
            case 0xdf -> map(length(), depth);
            default -> throw new ProtocolViolation("A message has a value of an unknown kind.");
        };
    }

    /** Extensions are not spoken here but for one: how JavaScript's clients write what they leave out. */
    private static @Nullable Object undefined(byte kind, byte value) {
        if (kind != 0 || value != 0) {
            throw new ProtocolViolation("A message has a value of an unknown kind.");
        }
        return null;
    }

    private static Object unsigned(long bits) {
        return bits >= 0 ? (Object) bits : new BigInteger(Long.toUnsignedString(bits));
    }

    /** A length of 32 bits; as such a message is longer than any may be, one that is too great breaks off. */
    private int length() {
        int length = in.getInt();
        if (length < 0) {
            throw new BufferUnderflowException();
        }
        return length;
    }

    private byte[] bytes(int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private String text(int length) {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    private List<@Nullable Object> list(int length, int depth) {
        deeper(length, depth);
        List<@Nullable Object> list = new ArrayList<>(Math.min(length, 16));
        for (int i = 0; i < length; i++) {
            list.add(value(depth + 1));
        }
        return list;
    }

    private Map<String, @Nullable Object> map(int length, int depth) {
        deeper(length, depth);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < length; i++) {
            Object name = value(depth + 1);
            if (!(name instanceof String) && !(name instanceof Long)) {
                throw new ProtocolViolation("A message has a map with names that are none.");
            }
            map.put(String.valueOf(name), value(depth + 1));
        }
        return map;
    }

    /** Each member takes a byte at least. */
    private void deeper(int length, int depth) {
        if (depth >= Values.NESTING_MAX) {
            throw new ProtocolViolation("A message has lists and maps too deep in one another.");
        }
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
    }
}
