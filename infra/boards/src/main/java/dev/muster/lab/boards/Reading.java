package dev.muster.lab.boards;

import dev.muster.kernel.Refused;
import dev.muster.lab.boards.ucl.Place;
import dev.muster.lab.boards.ucl.Shown;
import dev.muster.lab.boards.ucl.UclValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes values for what they ought to be, or says what they are not.
 *
 * @param board what faults are about, null for no board
 */
record Reading(@Nullable String board) {

    private static final int TEXT_LENGTH_MAX = 4096;

    Refused fault(Place place, String problem) {
        return Faults.at(place, board, problem);
    }

    /** A text; numbers and truths are taken as they are written. */
    String text(String name, UclValue value) {
        if (!(value instanceof UclValue.Scalar scalar)) {
            throw wrong(name, value, "a text");
        }
        if (scalar.text().isBlank()) {
            throw fault(value.place(), called(name) + " is empty.");
        }
        if (scalar.text().length() > TEXT_LENGTH_MAX) {
            throw fault(value.place(), called(name) + " is longer than " + TEXT_LENGTH_MAX + " characters.");
        }
        return scalar.text();
    }

    long whole(String name, UclValue value, long min, long max) {
        if (!(value instanceof UclValue.Whole whole)) {
            throw wrong(name, value, "a whole number");
        }
        if (whole.value() < min || whole.value() > max) {
            throw fault(value.place(), called(name) + " is a number from " + min + " to " + max + ".");
        }
        return whole.value();
    }

    boolean truth(String name, UclValue value) {
        if (value instanceof UclValue.Truth truth) {
            return truth.value();
        }
        throw wrong(name, value, "true or false");
    }

    /** A time in seconds; numbers without a unit are seconds too. */
    double seconds(String name, UclValue value, double min, double max) {
        double seconds =
                switch (value) {
                    case UclValue.Whole whole -> whole.value();
                    case UclValue.Real real -> real.value();
                    default -> throw wrong(name, value, "a time like 90s, 10min or 2h");
                };
        if (seconds < min || seconds > max) {
            throw fault(value.place(), called(name) + " is a time from " + shown(min) + " to " + shown(max) + ".");
        }
        return seconds;
    }

    private static String shown(double seconds) {
        return seconds == Math.rint(seconds) ? (long) seconds + " s" : seconds + " s";
    }

    UclValue.Section section(String name, UclValue value) {
        if (value instanceof UclValue.Section section) {
            return section;
        }
        throw wrong(name, value, "an object");
    }

    /** The values of a list; one that stands alone is the only one, and a key that came several times has all of theirs. */
    List<UclValue> several(UclValue value) {
        if (!(value instanceof UclValue.Items items)) {
            return List.of(value);
        }
        if (!items.repeated()) {
            return items.items();
        }
        List<UclValue> all = new ArrayList<>();
        items.items().forEach(each -> all.addAll(several(each)));
        return all;
    }

    private Refused wrong(String name, UclValue value, String expected) {
        if (value instanceof UclValue.Items items && items.repeated()) {
            return fault(items.items().get(1).place(), called(name) + " is given more than once.");
        }
        if (value instanceof UclValue.Nothing) {
            return fault(value.place(), called(name) + " has no value.");
        }
        return fault(value.place(), called(name) + " is not " + expected + ".");
    }

    private static String called(String name) {
        return "'" + Shown.of(name) + "'";
    }
}
