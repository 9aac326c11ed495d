package dev.muster.updates;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Order of version texts as SWUpdate sees it: up to four numbers of 16 bits where both are numeric, semantic versions
 * (2.0, minor and patch optional, build metadata ignored) where both are that, else plain text. Mixed sets are not
 * transitive under that scheme, so ours is total: numeric versions and semantic versions that can be read as numbers
 * compare as numbers first.
 */
public final class Versions {

    /** Total order over all texts. */
    public static final Comparator<String> ORDER = Versions::compare;

    private static final Pattern SEMVER = Pattern.compile(
            "(\\d{1,18})(?:\\.(\\d{1,18}))?(?:\\.(\\d{1,18}))?(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+[0-9A-Za-z.-]+)?");

    private Versions() {}

    private static int compare(String a, String b) {
        Key left = Key.of(a);
        Key right = Key.of(b);
        if (left == null || right == null) {
            return left == right ? a.compareTo(b) : left == null ? -1 : 1;
        }
        return left.compareTo(right);
    }

    /** Four numbers, then the pre-release: none is greater than any. */
    private record Key(long[] numbers, @Nullable String preRelease) implements Comparable<Key> {

        static @Nullable Key of(String text) {
            Key numeric = numeric(text);
            return numeric != null ? numeric : semantic(text);
        }

        private static @Nullable Key numeric(String text) {
            String[] parts = text.split("\\.", -1);
            long[] numbers = new long[4];
            for (int i = 0; i < parts.length; i++) {
                if (!parts[i].matches("\\d{1,5}") || Integer.parseInt(parts[i]) > 0xFFFF) {
                    return null;
                }
                if (i < 4) {
                    numbers[i] = Integer.parseInt(parts[i]);
                }
            }
            return new Key(numbers, null);
        }

        private static @Nullable Key semantic(String text) {
            Matcher m = SEMVER.matcher(text);
            if (text.length() > 255 || !m.matches()) {
                return null;
            }
            return new Key(new long[] {number(m.group(1)), number(m.group(2)), number(m.group(3)), 0}, m.group(4));
        }

        private static long number(@Nullable String digits) {
            return digits == null ? 0 : Long.parseLong(digits);
        }

        @Override
        public int compareTo(Key other) {
            for (int i = 0; i < 4; i++) {
                int order = Long.compare(numbers[i], other.numbers[i]);
                if (order != 0) {
                    return order;
                }
            }
            if (preRelease == null || other.preRelease == null) {
                return preRelease == null ? (other.preRelease == null ? 0 : 1) : -1;
            }
            return comparePreRelease(preRelease.split("\\."), other.preRelease.split("\\."));
        }

        private static int comparePreRelease(String[] a, String[] b) {
            for (int i = 0; i < Math.min(a.length, b.length); i++) {
                boolean left = a[i].matches("\\d+");
                boolean right = b[i].matches("\\d+");
                int order = left && right
                        ? new BigInteger(a[i]).compareTo(new BigInteger(b[i]))
                        : left != right ? (left ? -1 : 1) : a[i].compareTo(b[i]);
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(a.length, b.length);
        }
    }
}
