package dev.muster.updates.bundles.libconfig;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A number in the text: the longest run of bytes that makes one.
 *
 * @param value its value, or null when there is a problem
 * @param end index of the first byte behind it
 * @param problem why it is none, or null
 */
record NumberLiteral(
        @Nullable Setting value, int end, @Nullable String problem) {

    /** Far more digits than any 64-bit number or double needs. */
    private static final int LENGTH_MAX = 100;

    static NumberLiteral at(byte[] text, int start) {
        int radix = radixAt(text, start);
        if (radix != 10) {
            int end = start + 2;
            while (end < text.length && Character.digit(text[end], radix) >= 0) {
                end++;
            }
            // Such literals are bit patterns: the highest one is -1, as in the C library.
            return whole(text, start + 2, end, radix);
        }
        int end = start;
        if (text[end] == '+' || text[end] == '-') {
            end++;
        }
        int digitsFrom = end;
        end = digitsUntil(text, end);
        int digits = end - digitsFrom;
        boolean real = false;
        if (end < text.length && text[end] == '.') {
            int fraction = digitsUntil(text, end + 1);
            digits += fraction - end - 1;
            end = fraction;
            real = true;
        }
        if (digits == 0) {
            return new NumberLiteral(null, end, "a number without digits");
        }
        int exponent = exponentUntil(text, end);
        if (exponent > end) {
            end = exponent;
            real = true;
        }
        return real ? real(text, start, end) : whole(text, start, end, 10);
    }

    private static NumberLiteral whole(byte[] text, int from, int end, int radix) {
        int behind = end;
        for (int i = 0; i < 2 && behind < text.length && text[behind] == 'L'; i++) {
            behind++;
        }
        if (end - from > LENGTH_MAX) {
            return tooLong(end);
        }
        String digits = new String(text, from, end - from, StandardCharsets.US_ASCII);
        try {
            long value = radix == 10 ? Long.parseLong(digits) : Long.parseUnsignedLong(digits, radix);
            return new NumberLiteral(new Setting.Whole(value), behind, null);
        } catch (NumberFormatException e) {
            return new NumberLiteral(null, behind, "an integer beyond 64 bits");
        }
    }

    private static NumberLiteral real(byte[] text, int from, int end) {
        if (end - from > LENGTH_MAX) {
            return tooLong(end);
        }
        double value = Double.parseDouble(new String(text, from, end - from, StandardCharsets.US_ASCII));
        return Double.isFinite(value)
                ? new NumberLiteral(new Setting.Real(value), end, null)
                : new NumberLiteral(null, end, "a number beyond the range of a double");
    }

    private static NumberLiteral tooLong(int end) {
        return new NumberLiteral(null, end, "a number of more than %d characters".formatted(LENGTH_MAX));
    }

    /** The radix a prefix names; 10 when the prefix has no digit behind it, for then it is the number 0 and a name. */
    private static int radixAt(byte[] text, int start) {
        if (start + 2 >= text.length || text[start] != '0') {
            return 10;
        }
        int radix =
                switch (text[start + 1]) {
                    case 'x', 'X' -> 16;
                    case 'o', 'O', 'q', 'Q' -> 8;
                    case 'b', 'B' -> 2;
                    default -> 10;
                };
        return radix != 10 && Character.digit(text[start + 2], radix) >= 0 ? radix : 10;
    }

    private static int exponentUntil(byte[] text, int from) {
        int end = from;
        if (end >= text.length || (text[end] != 'e' && text[end] != 'E')) {
            return from;
        }
        end++;
        if (end < text.length && (text[end] == '+' || text[end] == '-')) {
            end++;
        }
        int digits = digitsUntil(text, end);
        return digits > end ? digits : from;
    }

    private static int digitsUntil(byte[] text, int from) {
        int end = from;
        while (end < text.length && text[end] >= '0' && text[end] <= '9') {
            end++;
        }
        return end;
    }
}
