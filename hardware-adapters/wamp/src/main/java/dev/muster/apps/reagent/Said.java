package dev.muster.apps.reagent;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object in what an agent says. What is missing is what agents mean by that: an empty text, false, nothing. What is
 * there and of another kind is refused; but a whole number is one also where it is written with a fraction of zero, as
 * agents write what they have read from JSON themselves, such as the ports that they report.
 */
record Said(Map<?, ?> members) {

    /** What a double holds without a gap. */
    private static final double WHOLE_MAX = 1L << 53;

    static Said of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new Said(map);
        }
        throw Answers.invalid("An object is expected.");
    }

    /** Whether it is there and not null. */
    boolean has(String name) {
        return members.get(name) != null;
    }

    /** At most so many characters; empty when it is missing. */
    String text(String name, int max) {
        Object value = members.get(name);
        if (value == null) {
            return "";
        }
        if (value instanceof String text && text.length() <= max) {
            return text;
        }
        throw Answers.invalid("'" + name + "' is a text of at most " + max + " characters.");
    }

    /** What is there, as a Long where it is a whole number. */
    @Nullable
    Object number(String name) {
        Object value = members.get(name);
        return value instanceof Double number && number == Math.rint(number) && Math.abs(number) <= WHOLE_MAX
                ? (Object) number.longValue()
                : value;
    }

    /** A positive whole number. */
    long key(String name) {
        if (number(name) instanceof Long key && key > 0) {
            return key;
        }
        throw Answers.invalid("'" + name + "' is a positive whole number.");
    }

    /** The same, also written as a text; nothing, null or 0 when there is none. */
    long keyOr(String name, long otherwise) {
        return switch (number(name)) {
            case null -> otherwise;
            case Long key when key > 0 -> key;
            case Long key when key == 0 -> otherwise;
            case String text when text.matches("[1-9][0-9]{0,17}") -> Long.parseLong(text);
            default -> throw Answers.invalid("'" + name + "' is a positive whole number.");
        };
    }

    /** A whole number in this range; the least of it when it is missing. */
    int whole(String name, int min, int max) {
        return switch (number(name)) {
            case null -> min;
            case Long number when number >= min && number <= max -> number.intValue();
            default -> throw Answers.invalid("'" + name + "' is a whole number from " + min + " to " + max + ".");
        };
    }

    boolean flag(String name) {
        return switch (members.get(name)) {
            case null -> false;
            case Boolean flag -> flag;
            default -> throw Answers.invalid("'" + name + "' is true or false.");
        };
    }

    /** Something measured, never less than nothing. */
    double measure(String name) {
        return switch (members.get(name)) {
            case null -> 0;
            // What has no end in it would come out of here as a text.
            case Number number when Double.isFinite(number.doubleValue()) -> Math.max(0, number.doubleValue());
            default -> throw Answers.invalid("'" + name + "' is a number.");
        };
    }

    long amount(String name) {
        return (long) measure(name);
    }

    List<?> list(String name, int max) {
        return switch (members.get(name)) {
            case null -> List.of();
            case List<?> list when list.size() <= max -> list;
            default -> throw Answers.invalid("'" + name + "' is a list of at most " + max + ".");
        };
    }
}
