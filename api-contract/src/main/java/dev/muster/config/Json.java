package dev.muster.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value, immutable. Numbers are exact at any size; {@code 3}, {@code 3.0} and {@code 30e-1} are one value, so
 * equality of records is equality of values. {@code toString} is the canonical text: compact, members in order of name.
 */
public sealed interface Json {

    /** The one null. */
    Null NULL = new Null();

    record Null() implements Json {
        @Override
        public String toString() {
            return "null";
        }
    }

    record Bool(boolean value) implements Json {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    record Num(BigDecimal value) implements Json {
        public Num {
            value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        }

        /** The whole number it is, or null when it has a fraction or needs more than 64 bits. */
        public @Nullable Long asLong() {
            if (value.scale() > 0 || value.precision() - value.scale() > 19) {
                return null;
            }
            return value.toBigInteger().bitLength() > 63 ? null : value.longValue();
        }

        @Override
        public String toString() {
            // Plain up to 21 digits, like JavaScript: people read ids and byte counts, not exponents.
            boolean plain = value.scale() > -21 && value.scale() < 21;
            return plain ? value.toPlainString() : value.toString();
        }
    }

    record Text(String value) implements Json {
        @Override
        public String toString() {
            return JsonText.quoted(value);
        }
    }

    record Items(List<Json> values) implements Json {
        public Items {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return JsonText.of(this);
        }
    }

    record Members(SortedMap<String, Json> values) implements Json {

        /** An object without members. */
        public static final Members NONE = new Members(new TreeMap<>());

        public Members {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }

        public @Nullable Json get(String name) {
            return values.get(name);
        }

        public Members with(String name, Json value) {
            TreeMap<String, Json> copy = new TreeMap<>(values);
            copy.put(name, value);
            return new Members(copy);
        }

        public Members without(String name) {
            if (!values.containsKey(name)) {
                return this;
            }
            TreeMap<String, Json> copy = new TreeMap<>(values);
            copy.remove(name);
            return new Members(copy);
        }

        public boolean isEmpty() {
            return values.isEmpty();
        }

        @Override
        public String toString() {
            return JsonText.of(this);
        }
    }

    static Json of(String text) {
        return new Text(text);
    }

    static Json of(long number) {
        return new Num(BigDecimal.valueOf(number));
    }

    static Json of(boolean value) {
        return new Bool(value);
    }

    /** What sort of JSON it is, for messages: "a string", "an object" and so on. */
    default String sort() {
        return switch (this) {
            case Null ignored -> "null";
            case Bool ignored -> "a boolean";
            case Num ignored -> "a number";
            case Text ignored -> "a string";
            case Items ignored -> "a list";
            case Members ignored -> "an object";
        };
    }

    /** The same without null members of objects, at any depth outside lists: a null in a value is a wish for absence. */
    default Json withoutNulls() {
        if (!(this instanceof Members members)) {
            return this;
        }
        TreeMap<String, Json> kept = new TreeMap<>();
        members.values().forEach((name, value) -> {
            if (!(value instanceof Null)) {
                kept.put(name, value.withoutNulls());
            }
        });
        return new Members(kept);
    }

    /** A list with one element replaced, or one more at the end; {@code at} is at most the length. */
    static Items replaced(Items items, int at, Json value) {
        List<Json> copy = new ArrayList<>(items.values());
        if (at == copy.size()) {
            copy.add(value);
        } else {
            copy.set(at, value);
        }
        return new Items(copy);
    }
}
