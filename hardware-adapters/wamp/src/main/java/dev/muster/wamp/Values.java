package dev.muster.wamp;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that have a form on every wire: null, texts, booleans, whole numbers, floating point, bytes, and lists and maps
 * of these. A whole number is a Long, or a BigInteger where that is too small; nothing else is ever made of one, as
 * clients tell 7 from 7.0.
 */
final class Values {

    /** How deep lists and maps may be in one another. */
    static final int NESTING_MAX = 64;

    /** Of one message that came: an empty list is two bytes on the wire and fifty in memory. */
    static final int COUNT_MAX = 500_000;

    private Values() {}

    static List<@Nullable Object> listOf(@Nullable Object... values) {
        List<@Nullable Object> list = new ArrayList<>(values.length);
        Collections.addAll(list, values);
        return Collections.unmodifiableList(list);
    }

    /** A copy in these forms. */
    static List<@Nullable Object> list(Collection<?> values, int depth) {
        List<@Nullable Object> copy = new ArrayList<>(values.size());
        for (Object value : values) {
            copy.add(of(value, depth + 1));
        }
        return Collections.unmodifiableList(copy);
    }

    /** A copy in these forms, in the same order. */
    static Map<String, @Nullable Object> map(Map<?, ?> values, int depth) {
        Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(values.size());
        values.forEach((name, value) -> copy.put(whole(String.valueOf(name)), of(value, depth + 1)));
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object of(@Nullable Object value, int depth) {
        if (depth > NESTING_MAX) {
            throw new IllegalArgumentException("More than " + NESTING_MAX + " lists and maps in one another");
        }
        return switch (value) {
            case null -> null;
            case String text -> whole(text);
            case Boolean flag -> flag;
            case Long number -> number;
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case Byte number -> number.longValue();
            case BigInteger number -> whole(number);
            case Double number -> finite(number);
            case Float number -> finite(number.doubleValue());
            case BigDecimal number -> number;
            case byte[] bytes -> bytes.clone();
            case Map<?, ?> map -> map(map, depth);
            case Collection<?> list -> list(list, depth);
            default -> throw new IllegalArgumentException("No form on the wire for a " + value.getClass());
        };
    }

    /** Whether it is made of whole characters; half of one (of a pair of surrogates) cannot be written. */
    static boolean isText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean isPair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!isPair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static String whole(String text) {
        if (!isText(text)) {
            throw new IllegalArgumentException("No form on the wire for half a character");
        }
        return text;
    }

    /** As a Long where it fits. */
    static Object whole(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    private static Double finite(Double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("No form on the wire for " + number);
        }
        return number;
    }
}
