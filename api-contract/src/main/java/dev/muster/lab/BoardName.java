package dev.muster.lab;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The handle of a board: stable until the lab is configured anew, unique among boards and classes.
 *
 * @param value a letter or digit, then at most 63 letters, digits, dots, underscores and dashes
 */
public record BoardName(@JsonValue String value) implements Comparable<BoardName> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public BoardName {
        if (!isName(value)) {
            throw LabRefusal.NAME_INVALID.because("This is no name of a board: '" + shown(value) + "'.");
        }
    }

    /** Whether it could name a board or a class. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    @Override
    public int compareTo(BoardName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
