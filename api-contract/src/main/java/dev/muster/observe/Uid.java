package dev.muster.observe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The name that observing programs know a thing by: an enrolled device, a dashboard, an alert-rule file. Unique among
 * things of its kind, case-sensitive. Stands in URLs and file names, so it has no slash; in pages and alert texts of
 * programs that we do not know, so it has no angle brackets.
 *
 * @param value 1 to 200 characters, no slash, no angle bracket, no U+0000, no lone surrogate, no white space at its
 *     ends
 */
public record Uid(@JsonValue String value) implements Comparable<Uid> {

    public static final int LENGTH_MAX = 200;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Uid {
        if (value.isEmpty() || value.codePointCount(0, value.length()) > LENGTH_MAX) {
            throw ObserveRefusal.UID_INVALID.because("A uid has 1 to " + LENGTH_MAX + " characters.");
        }
        if (!value.strip().equals(value)
                || value.chars().anyMatch(c -> c == 0 || c == '/' || c == '<' || c == '>')
                || hasLoneSurrogate(value)) {
            throw ObserveRefusal.UID_INVALID.because(
                    "A uid has no slash, no angle bracket, no U+0000, no lone surrogate and no white space at its ends.");
        }
        if (value.equals(".") || value.equals("..")) {
            throw ObserveRefusal.UID_INVALID.because("'" + value + "' could not be addressed in a URL.");
        }
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    @Override
    public int compareTo(Uid other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
