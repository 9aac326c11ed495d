package dev.muster.wamp;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamFactory;

/** Writes JSON and CBOR. */
final class StreamWriter {

    private final JsonGenerator out;
    private final boolean hasBytes;

    private StreamWriter(JsonGenerator out, boolean hasBytes) {
        this.out = out;
        this.hasBytes = hasBytes;
    }

    /** @param hasBytes whether this format has bytes of its own */
    static byte[] write(TokenStreamFactory factory, List<?> message, boolean hasBytes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
            new StreamWriter(out, hasBytes).list(message);
        }
        return bytes.toByteArray();
    }

    /** One object as a text in JSON. */
    static String json(Map<String, ?> values) {
        String list = new String(Codec.JSON.write(List.of(values)), StandardCharsets.UTF_8);
        return list.substring(1, list.length() - 1);
    }

    private void list(List<?> values) {
        out.writeStartArray(values, values.size());
        for (Object value : values) {
            value(value);
        }
        out.writeEndArray();
    }

    private void map(Map<?, ?> values) {
        out.writeStartObject(values, values.size());
        values.forEach((name, value) -> {
            out.writeName(String.valueOf(name));
            value(value);
        });
        out.writeEndObject();
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> out.writeNull();
            case String text -> out.writeString(text);
            case Boolean flag -> out.writeBoolean(flag);
            case Long number -> out.writeNumber(number.longValue());
            case Integer number -> out.writeNumber(number.intValue());
            case BigInteger number -> out.writeNumber(number);
            case Double number -> fraction(number);
            case BigDecimal number -> out.writeNumber(number);
            case byte[] bytes -> bytes(bytes);
            case List<?> list -> list(list);
            case Map<?, ?> map -> map(map);
            default -> throw new IllegalArgumentException("No form on the wire for a " + value.getClass());
        }
    }

    /** What CBOR and MessagePack have and JSON has not becomes null. */
    private void fraction(double number) {
        if (hasBytes || Double.isFinite(number)) {
            out.writeNumber(number);
        } else {
            out.writeNull();
        }
    }

    private void bytes(byte[] bytes) {
        if (hasBytes) {
            out.writeBinary(bytes);
        } else {
            out.writeString('\0' + Base64.getEncoder().encodeToString(bytes));
        }
    }
}
