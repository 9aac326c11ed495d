package dev.muster.wamp;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;

/** Reads JSON and CBOR, within the limits of the factory it is given. */
final class StreamReader {

    /** What marks bytes in JSON, which has none (WAMP §6.4.1). */
    private static final char BYTES_MARK = '\0';

    /** Bits of numbers: whoever writes a greater one out in digits has nothing else to do. */
    private static final int NUMBER_BITS_MAX = 4096;

    private final JsonParser in;
    private final boolean hasBytes;
    /** Characters and bytes so far. In CBOR a text can be said again in three bytes, and is written out each time. */
    private long length;

    private int values;

    private StreamReader(JsonParser in, boolean hasBytes) {
        this.in = in;
        this.hasBytes = hasBytes;
    }

    /** @param hasBytes whether this format has bytes of its own */
    static List<@Nullable Object> read(TokenStreamFactory factory, byte[] bytes, boolean hasBytes) {
        try (JsonParser in = factory.createParser(ObjectReadContext.empty(), bytes)) {
            if (in.nextToken() != JsonToken.START_ARRAY) {
                throw new ProtocolViolation("A message is a list.");
            }
            List<@Nullable Object> list = new StreamReader(in, hasBytes).list(1);
            if (in.nextToken() != null) {
                throw new ProtocolViolation("There is something after the message.");
            }
            return list;
        } catch (JacksonException e) {
            throw new ProtocolViolation("A message cannot be read: " + e.getOriginalMessage());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new ProtocolViolation("A message has a value that is none.");
        }
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            list.add(value(token, depth));
        }
        return list;
    }

    private Map<String, @Nullable Object> map(int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            if (name == null) {
                throw new ProtocolViolation("A message breaks off.");
            }
            map.put(text(name), value(in.nextToken(), depth));
        }
        return map;
    }

    private @Nullable Object value(@Nullable JsonToken token, int depth) {
        if (token == null) {
            throw new ProtocolViolation("A message breaks off.");
        }
        if (++values > Values.COUNT_MAX) {
            throw new ProtocolViolation("A message has too many values.");
        }
        if (token.isStructStart() && depth >= Values.NESTING_MAX) {
            throw new ProtocolViolation("A message has lists and objects too deep in one another.");
        }
        return switch (token) {
            case START_ARRAY -> list(depth + 1);
            case START_OBJECT -> map(depth + 1);
            case VALUE_STRING -> hasBytes ? text(in.getString()) : textOrBytes(text(in.getString()));
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> fraction();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            case VALUE_EMBEDDED_OBJECT -> embedded();
            default -> throw new ProtocolViolation("A message has a value that is none.");
        };
    }

    private String text(String text) {
        counted(text.length());
        if (!Values.isText(text)) {
            throw new ProtocolViolation("A message has a text with half a character in it.");
        }
        return text;
    }

    private void counted(int more) {
        length += more;
        if (length > Codec.BYTES_MAX) {
            throw new ProtocolViolation("A message is too long.");
        }
    }

    private static Object textOrBytes(String text) {
        if (text.isEmpty() || text.charAt(0) != BYTES_MARK) {
            return text;
        }
        try {
            return Base64.getDecoder().decode(text.substring(1));
        } catch (IllegalArgumentException e) {
            // Not what the mark says; then it is a text that begins with it.
            return text;
        }
    }

    private Object whole() {
        if (in.getNumberType() != NumberType.BIG_INTEGER) {
            return in.getLongValue();
        }
        BigInteger number = in.getBigIntegerValue();
        if (number.bitLength() > NUMBER_BITS_MAX) {
            throw new ProtocolViolation("A message has a number that is too big.");
        }
        return Values.whole(number);
    }

    private Object fraction() {
        if (hasBytes && in.getNumberType() == NumberType.BIG_DECIMAL) {
            BigDecimal exact = in.getDecimalValue();
            return bounded(exact);
        }
        double number = in.getDoubleValue();
        return Double.isFinite(number) ? (Object) number : bounded(in.getDecimalValue());
    }

    /** Exponents as such are refused: whoever writes such a number out has no memory left. */
    private static BigDecimal bounded(BigDecimal number) {
        if (Math.abs((long) number.scale()) > 1000 || number.unscaledValue().bitLength() > NUMBER_BITS_MAX) {
            throw new ProtocolViolation("A message has a number that is too big.");
        }
        return number;
    }

    private @Nullable Object embedded() {
        if (in.getEmbeddedObject() instanceof byte[] bytes) {
            counted(bytes.length);
            return bytes;
        }
        return null;
    }
}
