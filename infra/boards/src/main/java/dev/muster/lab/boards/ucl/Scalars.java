package dev.muster.lab.boards.ucl;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a word without quotes is: a truth, a number, nothing or a text. */
final class Scalars {

    /** More digits than this mean no number that holds. */
    private static final int NUMBER_LENGTH_MAX = 100;

    private static final Map<String, Long> MULTIPLES =
            Map.of("k", 1_000L, "m", 1_000_000L, "g", 1_000_000_000L, "kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30);

    private static final Map<String, Integer> SECONDS = Map.of(
            "s", 1,
            "min", 60,
            "h", 3600,
            "d", 86_400,
            "w", 7 * 86_400,
            "y", 365 * 86_400);

    private Scalars() {}

    /** Throws {@link UclFault} for a number that is too large. */
    static UclValue of(String word, Place place) {
        if (word.equals("null")) {
            return new UclValue.Nothing(place);
        }
        Boolean truth = truth(word);
        if (truth != null) {
            return new UclValue.Truth(truth, word, place);
        }
        UclValue number = number(word, place);
        return number == null ? new UclValue.Text(word, place) : number;
    }

    private static @Nullable Boolean truth(String word) {
        if (word.length() > 5) {
            return null;
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> null;
        };
    }

    private static @Nullable UclValue number(String word, Place place) {
        int begin = word.startsWith("-") ? 1 : 0;
        int whole = digits(word, begin);
        if (whole == begin) {
            return null;
        }
        if (word.startsWith("0x", begin) || word.startsWith("0X", begin)) {
            return hexadecimal(word, begin, place);
        }
        int fraction = word.startsWith(".", whole) ? digits(word, whole + 1) : whole;
        int end = exponent(word, fraction);
        if (word.length() - end > 3) {
            return null;
        }
        String suffix = word.substring(end).toLowerCase(Locale.ROOT);
        boolean time = suffix.equals("ms") || SECONDS.containsKey(suffix);
        if (!suffix.isEmpty() && !time && !MULTIPLES.containsKey(suffix)) {
            return null;
        }
        if (end > NUMBER_LENGTH_MAX) {
            throw tooLarge(place);
        }
        String digits = word.substring(0, end);
        if (end > whole) {
            return real(scaled(Double.parseDouble(digits), suffix), word, place);
        }
        long value = whole(digits, place);
        if (time) {
            return real(scaled(value, suffix), word, place);
        }
        try {
            return new UclValue.Whole(Math.multiplyExact(value, MULTIPLES.getOrDefault(suffix, 1L)), word, place);
        } catch (ArithmeticException e) {
            throw tooLarge(place);
        }
    }

    private static @Nullable UclValue hexadecimal(String word, int begin, Place place) {
        int digits = begin + 2;
        for (int i = digits; i < word.length(); i++) {
            if (Character.digit(word.charAt(i), 16) < 0 || word.charAt(i) >= 0x80) {
                return null;
            }
        }
        if (digits == word.length()) {
            return null;
        }
        try {
            String sign = begin == 1 ? "-" : "";
            return new UclValue.Whole(Long.parseLong(sign + word.substring(digits), 16), word, place);
        } catch (NumberFormatException e) {
            throw tooLarge(place);
        }
    }

    private static int digits(String word, int from) {
        int end = from;
        while (end < word.length() && Characters.isDigit(word.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int exponent(String word, int from) {
        if (!word.startsWith("e", from) && !word.startsWith("E", from)) {
            return from;
        }
        int begin = word.startsWith("-", from + 1) || word.startsWith("+", from + 1) ? from + 2 : from + 1;
        int end = digits(word, begin);
        return end == begin ? from : end;
    }

    private static long whole(String digits, Place place) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw tooLarge(place);
        }
    }

    private static double scaled(double value, String suffix) {
        // Divided and not multiplied: 10 / 1000 is what 0.01 is read as, 10 * 0.001 need not be.
        if (suffix.equals("ms")) {
            return value / 1000;
        }
        Integer seconds = SECONDS.get(suffix);
        return value * (seconds == null ? MULTIPLES.getOrDefault(suffix, 1L) : seconds);
    }

    private static UclValue real(double value, String word, Place place) {
        if (!Double.isFinite(value)) {
            throw tooLarge(place);
        }
        return new UclValue.Real(value, word, place);
    }

    private static UclFault tooLarge(Place place) {
        return UclFault.at(place, "The number is too large.");
    }
}
