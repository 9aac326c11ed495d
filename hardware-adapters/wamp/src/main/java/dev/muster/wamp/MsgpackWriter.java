package dev.muster.wamp;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes MessagePack, each value in its shortest form. */
final class MsgpackWriter {

    private static final BigInteger UNSIGNED_END = BigInteger.ONE.shiftLeft(Long.SIZE);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    private MsgpackWriter() {}

    static byte[] write(List<?> message) {
        MsgpackWriter writer = new MsgpackWriter();
        writer.list(message);
        return writer.out.toByteArray();
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> out.write(0xc0);
            case String text -> text(text);
            case Boolean flag -> out.write(flag ? 0xc3 : 0xc2);
            case Long number -> whole(number);
            case Integer number -> whole(number);
            case BigInteger number -> huge(number);
            case Double number -> fraction(number);
            case BigDecimal number -> fraction(number.doubleValue());
            case byte[] bytes -> bytes(bytes);
            case List<?> list -> list(list);
            case Map<?, ?> map -> map(map);
            default -> throw new IllegalArgumentException("No form on the wire for a " + value.getClass());
        }
    }

    private void whole(long number) {
        if (number >= 0) {
            unsigned(number);
        } else if (number >= -32) {
            out.write((int) number);
        } else if (number >= Byte.MIN_VALUE) {
            head(0xd0, number, 1);
        } else if (number >= Short.MIN_VALUE) {
            head(0xd1, number, 2);
        } else if (number >= Integer.MIN_VALUE) {
            head(0xd2, number, 4);
        } else {
            head(0xd3, number, 8);
        }
    }

    private void unsigned(long number) {
        if (number < 0x80) {
            out.write((int) number);
        } else if (number < 1L << 8) {
            head(0xcc, number, 1);
        } else if (number < 1L << 16) {
            head(0xcd, number, 2);
        } else if (number < 1L << 32) {
            head(0xce, number, 4);
        } else {
            head(0xcf, number, 8);
        }
    }

    /** Beyond 64 bits there are no whole numbers here. */
    private void huge(BigInteger number) {
        if (number.bitLength() < Long.SIZE) {
            whole(number.longValue());
        } else if (number.signum() > 0 && number.compareTo(UNSIGNED_END) < 0) {
            head(0xcf, number.longValue(), 8);
        } else {
            fraction(number.doubleValue());
        }
    }

    private void fraction(double number) {
        head(0xcb, Double.doubleToRawLongBits(number), 8);
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length;
        if (length < 32) {
            out.write(0xa0 | length);
        } else if (length < 1 << 8) {
            head(0xd9, length, 1);
        } else if (length < 1 << 16) {
            head(0xda, length, 2);
        } else {
            head(0xdb, length, 4);
        }
        out.writeBytes(bytes);
    }

    private void bytes(byte[] bytes) {
        int length = bytes.length;
        if (length < 1 << 8) {
            head(0xc4, length, 1);
        } else if (length < 1 << 16) {
            head(0xc5, length, 2);
        } else {
            head(0xc6, length, 4);
        }
        out.writeBytes(bytes);
    }

    private void list(List<?> values) {
        size(values.size(), 0x90, 0xdc, 0xdd);
        values.forEach(this::value);
    }

    private void map(Map<?, ?> values) {
        size(values.size(), 0x80, 0xde, 0xdf);
        values.forEach((name, value) -> {
            text(String.valueOf(name));
            value(value);
        });
    }

    private void size(int size, int small, int medium, int great) {
        if (size < 16) {
            out.write(small | size);
        } else if (size < 1 << 16) {
            head(medium, size, 2);
        } else {
            head(great, size, 4);
        }
    }

    private void head(int kind, long bits, int bytes) {
        out.write(kind);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (bits >> shift));
        }
    }
}
