package dev.muster.lab.boards;

import dev.muster.lab.boards.ucl.Place;
import dev.muster.lab.boards.ucl.UclValue;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A parameter that an option may have.
 *
 * @param secret whether history and scripts must not see it
 */
record Parameter(String name, boolean required, boolean secret, Type type) {

    private static final int VALUES_MAX = 64;

    /** Takes the value of a parameter for what it must be; answers it in the form in which options keep it. */
    @FunctionalInterface
    interface Type {
        Object read(String name, UclValue value, Reading reading);
    }

    static Parameter of(String name, Type type) {
        return new Parameter(name, false, false, type);
    }

    Parameter mandatory() {
        return new Parameter(name, true, secret, type);
    }

    Parameter hidden() {
        return new Parameter(name, required, true, type);
    }

    Object read(UclValue value, Reading reading) {
        return type.read(name, value, reading);
    }

    static Type text() {
        return (name, value, reading) -> reading.text(name, value);
    }

    /** @param rule how it must be, the end of a sentence */
    static Type text(Predicate<String> isGood, String rule) {
        return (name, value, reading) -> good(name, value.place(), reading, reading.text(name, value), isGood, rule);
    }

    private static String good(
            String name, Place place, Reading reading, String text, Predicate<String> isGood, String rule) {
        if (!isGood.test(text)) {
            throw reading.fault(place, "'" + name + "' " + rule + ".");
        }
        return text;
    }

    static Type oneOf(Set<String> words) {
        return text(words::contains, "is one of " + String.join(", ", new TreeSet<>(words)));
    }

    static Type truth() {
        return (name, value, reading) -> reading.truth(name, value);
    }

    static Type whole(long min, long max) {
        return (name, value, reading) -> narrow(reading.whole(name, value, min, max));
    }

    /** Seconds, to the millisecond; whole ones as whole numbers. */
    static Type seconds(double min, double max) {
        return (name, value, reading) -> {
            double seconds = Math.round(reading.seconds(name, value, min, max) * 1000) / 1000.0;
            return seconds == Math.rint(seconds) ? narrow((long) seconds) : (Object) seconds;
        };
    }

    /** As a number comes back from JSON: what is equal stays equal through history. */
    private static Object narrow(long value) {
        return value == (int) value ? (Object) (int) value : (Object) value;
    }

    /** A program and its arguments; only a list, for a text would be taken for a command line, and none is split here. */
    static Type program() {
        return (name, value, reading) -> {
            if (!(value instanceof UclValue.Items items) || items.repeated()) {
                throw reading.fault(value.place(), "'" + name + "' is a list: a program and its arguments.");
            }
            return bounded(name, value.place(), reading, items.items()).stream()
                    .map(each -> reading.text(name, each))
                    .toList();
        };
    }

    /** One whole number or several, kept as texts. */
    static Type numbers() {
        return (name, value, reading) -> bounded(name, value.place(), reading, reading.several(value)).stream()
                .map(each -> String.valueOf(reading.whole(name, each, Integer.MIN_VALUE, Integer.MAX_VALUE)))
                .toList();
    }

    private static List<UclValue> bounded(String name, Place place, Reading reading, List<UclValue> values) {
        if (values.isEmpty() || values.size() > VALUES_MAX) {
            throw reading.fault(place, "'" + name + "' has 1 to " + VALUES_MAX + " values.");
        }
        return values;
    }
}
