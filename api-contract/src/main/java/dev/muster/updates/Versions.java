package dev.muster.updates;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Order of version texts as SWUpdate sees it. A text has up to two readings: <em>numeric</em>, its first four parts
 * between dots, each a number of 16 bits, missing ones 0 – but all of them 0 is no reading; and <em>semantic</em>, a
 * semantic version 2.0 whose minor and patch may be missing. Two numeric texts compare as numbers, else two semantic
 * ones by precedence without build metadata, else both as plain text.
 *
 * <p>That is no order among texts of different readings: 1.10.0.0 is greater than 1.9.0.0 as a number, that is greater
 * than 1.2.0-rc1 as text, and that is greater than 1.10.0.0. So ours is total, and agrees wherever both texts have the same readings: either reading gives four
 * numbers and perhaps a pre-release, which compare in this order; a text without any reading comes before all that
 * have one, and among its like as text.
 */
public final class Versions {

    /** Total over all texts. Different texts may be equal: neither build metadata nor a fifth part counts. */
    public static final Comparator<String> ORDER = Versions::compare;

    /** Longer texts have no reading: no version is so long, and reading must not be an attack. */
    private static final int LENGTH_MAX = 255;

    private static final int PARTS = 4;
    private static final String NUMBER = "(0|[1-9]\\d*)";
    private static final String IDENTIFIER = "(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)";
    private static final Pattern SEMANTIC = Pattern.compile(NUMBER + "(?:\\." + NUMBER + "(?:\\." + NUMBER + ")?)?" + "(?:-("
            + IDENTIFIER + "(?:\\." + IDENTIFIER + ")*))?" + "(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");

    private Versions() {}

    /** True when the text has a reading. Software of other versions cannot be put in order with what devices have. */
    public static boolean isValid(String text) {
        return Key.of(text) != null;
    }

    private static int compare(String a, String b) {
        Key left = Key.of(a);
        Key right = Key.of(b);
        if (left == null || right == null) {
            return left == right ? a.compareTo(b) : left == null ? -1 : 1;
        }
        return left.compareTo(right);
    }

    /** Four numbers as digits without leading zeros, then the pre-release: none is greater than any. */
    private record Key(String[] numbers, @Nullable String preRelease) implements Comparable<Key> {

        static @Nullable Key of(String text) {
            if (text.length() > LENGTH_MAX) {
                return null;
            }
            Key numeric = numeric(text);
            return numeric != null ? numeric : semantic(text);
        }

        private static @Nullable Key numeric(String text) {
            String[] parts = text.split("\\.", -1);
            String[] numbers = {"0", "0", "0", "0"};
            boolean something = false;
            for (int i = 0; i < Math.min(parts.length, PARTS); i++) {
                String digits = shortened(parts[i]);
                if (digits == null || digits.length() > 5 || Integer.parseInt(digits) > 0xFFFF) {
                    return null;
                }
                numbers[i] = digits;
                something |= !digits.equals("0");
            }
            return something ? new Key(numbers, null) : null;
        }

        /** Without leading zeros; null when it is no number. */
        private static @Nullable String shortened(String digits) {
            int zeros = 0;
            for (int i = 0; i < digits.length(); i++) {
                char digit = digits.charAt(i);
                if (digit < '0' || digit > '9') {
                    return null;
                }
                zeros += zeros == i && digit == '0' ? 1 : 0;
            }
            return digits.isEmpty() ? null : zeros == digits.length() ? "0" : digits.substring(zeros);
        }

        private static @Nullable Key semantic(String text) {
            Matcher m = SEMANTIC.matcher(text);
            return m.matches()
                    ? new Key(
                            new String[] {orZero(m.group(1)), orZero(m.group(2)), orZero(m.group(3)), "0"}, m.group(4))
                    : null;
        }

        private static String orZero(@Nullable String digits) {
            return digits == null ? "0" : digits;
        }

        @Override
        public int compareTo(Key other) {
            for (int i = 0; i < PARTS; i++) {
                int order = compareDigits(numbers[i], other.numbers[i]);
                if (order != 0) {
                    return order;
                }
            }
            if (preRelease == null || other.preRelease == null) {
                return preRelease == null ? (other.preRelease == null ? 0 : 1) : -1;
            }
            return comparePreRelease(preRelease.split("\\."), other.preRelease.split("\\."));
        }

        /** Of any size: the longer number is the greater one. */
        private static int compareDigits(String a, String b) {
            int order = Integer.compare(a.length(), b.length());
            return order != 0 ? order : a.compareTo(b);
        }

        private static int comparePreRelease(String[] a, String[] b) {
            for (int i = 0; i < Math.min(a.length, b.length); i++) {
                int order = compareIdentifier(a[i], b[i]);
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(a.length, b.length);
        }

        /** Numbers by value and before words, words by text. */
        private static int compareIdentifier(String a, String b) {
            boolean left = shortened(a) != null;
            boolean right = shortened(b) != null;
            if (left != right) {
                return left ? -1 : 1;
            }
            return left ? compareDigits(a, b) : a.compareTo(b);
        }
    }
}
