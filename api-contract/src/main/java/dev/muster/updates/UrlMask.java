package dev.muster.updates;

import org.jspecify.annotations.Nullable;

/**
 * Addresses as they may be shown: {@code https://user:secret@host/f.swu} is {@code https://user:***@host/f.swu}. A user
 * alone, an empty password, and anything but http and https stay as they are.
 */
public final class UrlMask {

    /** What stands in the place of a password. */
    public static final String MASK = "***";

    private UrlMask() {}

    /** The address without its password; masking twice is masking once. Takes any text and never fails. */
    public static String masked(String url) {
        return with(url, MASK);
    }

    /** The address with another password, percent-encoded already; as it is when it has none. */
    public static String with(String url, String password) {
        Password found = Password.in(url);
        return found == null ? url : url.substring(0, found.from()) + password + url.substring(found.to());
    }

    /** The address with its user alone; as it is when it has no password. */
    public static String without(String url) {
        Password found = Password.in(url);
        return found == null ? url : url.substring(0, found.from() - 1) + url.substring(found.to());
    }

    /** The password as it stands in the address, percent-encoded; null when there is none. */
    public static @Nullable String passwordOf(String url) {
        Password found = Password.in(url);
        return found == null ? null : url.substring(found.from(), found.to());
    }

    /**
     * The place of a password, behind its colon and before its at sign.
     *
     * @param from index of its first character
     * @param to index of the at sign
     */
    private record Password(int from, int to) {

        static @Nullable Password in(String url) {
            int start = authority(url);
            if (start < 0) {
                return null;
            }
            int end = start;
            while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
                end++;
            }
            // The last one: whoever forgot to encode an at sign in a password must not have the half of it shown.
            int at = url.lastIndexOf('@', end - 1);
            int colon = url.indexOf(':', start);
            return at < start || colon < 0 || colon + 1 >= at ? null : new Password(colon + 1, at);
        }

        /** Where the authority begins; -1 for what is no http or https address. */
        private static int authority(String url) {
            int start = 0;
            while (start < url.length() && url.charAt(start) <= ' ') {
                start++;
            }
            for (String scheme : new String[] {"http://", "https://"}) {
                if (url.regionMatches(true, start, scheme, 0, scheme.length())) {
                    return start + scheme.length();
                }
            }
            return -1;
        }
    }
}
