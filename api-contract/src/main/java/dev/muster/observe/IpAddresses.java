package dev.muster.observe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads IPv4 and IPv6 addresses as text and writes each in its one normal form (RFC 5952), so that addresses can be
 * compared as text. No name is ever looked up.
 */
public final class IpAddresses {

    /** The longest text that is looked at: eight groups and a zone. */
    private static final int LENGTH_MAX = 64;

    private static final int GROUPS = 8;

    private IpAddresses() {}

    /**
     * The normal form: IPv6 in lower case and compressed, without its zone; an IPv4 address mapped into IPv6 as plain
     * IPv4.
     *
     * @throws dev.muster.kernel.Refused {@link ObserveRefusal#ADDRESS_INVALID} for anything else: host names, leading
     *     zeros, ports, networks, brackets
     */
    public static String normal(String text) {
        String normal = normalOrNull(text);
        if (normal == null) {
            throw ObserveRefusal.ADDRESS_INVALID.about("address", "Enter a valid IPv4 or IPv6 address.");
        }
        return normal;
    }

    /** The normal form, or null when the text is no address. */
    public static @Nullable String normalOrNull(String text) {
        if (text.length() > LENGTH_MAX) {
            return null;
        }
        if (text.indexOf(':') < 0) {
            return v4(text) < 0 ? null : text;
        }
        int[] groups = v6(withoutZone(text));
        return groups == null ? null : written(groups);
    }

    /** Empty, and so no address, when there is a percent sign but no single zone behind it. */
    private static String withoutZone(String text) {
        int percent = text.indexOf('%');
        if (percent < 0) {
            return text;
        }
        boolean one = percent < text.length() - 1 && text.indexOf('%', percent + 1) < 0;
        return one ? text.substring(0, percent) : "";
    }

    /** The 32 bits of a dotted address, -1 for none. */
    private static long v4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return -1;
        }
        long bits = 0;
        for (String part : parts) {
            boolean leadingZero = part.length() > 1 && part.charAt(0) == '0';
            if (part.isEmpty() || part.length() > 3 || leadingZero || !hasOnly(part, 10)) {
                return -1;
            }
            int octet = Integer.parseInt(part);
            if (octet > 255) {
                return -1;
            }
            bits = bits << 8 | octet;
        }
        return bits;
    }

    private static int @Nullable [] v6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            int[] all = groups(text, true);
            return all != null && all.length == GROUPS ? all : null;
        }
        if (text.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        int[] head = groups(text.substring(0, gap), false);
        int[] tail = groups(text.substring(gap + 2), true);
        // The gap stands for at least one group.
        if (head == null || tail == null || head.length + tail.length >= GROUPS) {
            return null;
        }
        int[] all = new int[GROUPS];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(tail, 0, all, GROUPS - tail.length, tail.length);
        return all;
    }

    /** Groups of 16 bits between colons; the last two may be written as a dotted address at the end. */
    private static int @Nullable [] groups(String text, boolean atTheEnd) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] parts = text.split(":", -1);
        int[] groups = new int[parts.length + 1];
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (atTheEnd && i == parts.length - 1 && part.indexOf('.') >= 0) {
                long bits = v4(part);
                if (bits < 0) {
                    return null;
                }
                groups[count++] = (int) (bits >> 16);
                groups[count++] = (int) (bits & 0xffff);
            } else if (part.isEmpty() || part.length() > 4 || !hasOnly(part, 16)) {
                return null;
            } else {
                groups[count++] = Integer.parseInt(part, 16);
            }
        }
        return Arrays.copyOf(groups, count);
    }

    /** ASCII digits only: {@link Character#digit} would take those of other scripts as well. */
    private static boolean hasOnly(String text, int radix) {
        return text.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0);
    }

    private static String written(int[] groups) {
        boolean mapped = groups[5] == 0xffff;
        for (int i = 0; i < 5; i++) {
            mapped &= groups[i] == 0;
        }
        if (mapped) {
            return (groups[6] >> 8) + "." + (groups[6] & 0xff) + "." + (groups[7] >> 8) + "." + (groups[7] & 0xff);
        }
        int from = -1;
        int length = 1; // a single zero group is written out
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                from = i;
                length = end - i;
            }
            i = Math.max(i, end - 1);
        }
        return from < 0
                ? joined(groups, 0, GROUPS)
                : joined(groups, 0, from) + "::" + joined(groups, from + length, GROUPS);
    }

    private static String joined(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
