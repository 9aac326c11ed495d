package dev.muster.wamp;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of a message that came; whatever is not what it must be is a {@link ProtocolViolation}. */
final class Fields {

    /** The greatest whole number that every client has exactly. */
    static final long ID_MAX = 1L << 53;

    private final List<@Nullable Object> fields;

    Fields(List<@Nullable Object> fields) {
        this.fields = fields;
    }

    /** What kind of message it is. */
    int code() {
        if (fields.isEmpty()) {
            throw new ProtocolViolation("A message is a list that begins with its type.");
        }
        return small(0);
    }

    Fields exactly(int length) {
        return between(length, length);
    }

    Fields between(int min, int max) {
        if (fields.size() < min || fields.size() > max) {
            throw new ProtocolViolation(
                    "A message of type " + fields.getFirst() + " has no " + fields.size() + " members.");
        }
        return this;
    }

    /** A number that says what something is. */
    int small(int index) {
        if (fields.get(index) instanceof Long number && number >= 0 && number <= 1024) {
            return number.intValue();
        }
        throw wrong(index, "a small whole number");
    }

    long id(int index) {
        if (fields.get(index) instanceof Long number && number > 0 && number <= ID_MAX) {
            return number;
        }
        throw wrong(index, "a whole number from 1 to 2^53");
    }

    long idOrZero(int index) {
        return Long.valueOf(0).equals(fields.get(index)) ? 0 : id(index);
    }

    String text(int index) {
        if (fields.get(index) instanceof String text) {
            return text;
        }
        throw wrong(index, "a text");
    }

    @SuppressWarnings("unchecked") // The readers of all wires make maps with names of text.
    Map<String, @Nullable Object> map(int index) {
        if (fields.get(index) instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw wrong(index, "an object");
    }

    Map<String, @Nullable Object> mapIfThere(int index) {
        return index < fields.size() ? map(index) : Map.of();
    }

    /** All from this member on: arguments, then arguments with names. */
    @SuppressWarnings("unchecked") // The readers of all wires make lists of these.
    Payload payload(int from) {
        if (fields.size() <= from) {
            return Payload.NONE;
        }
        if (!(fields.get(from) instanceof List<?> args)) {
            throw wrong(from, "a list");
        }
        return new Payload((List<@Nullable Object>) args, fields.size() > from + 1 ? map(from + 1) : null);
    }

    private ProtocolViolation wrong(int index, String right) {
        return new ProtocolViolation(
                "Member " + index + " of a message of type " + fields.getFirst() + " is not " + right + ".");
    }
}
