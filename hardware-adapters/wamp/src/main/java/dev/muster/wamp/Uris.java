package dev.muster.wamp;

/**
 * What may be a URI: the loose rule (WAMP §5.1.1), which forbids white space and {@code #} and hardly anything else, as
 * serial numbers have dashes and one topic of agents has {@code %d} in it.
 */
final class Uris {

    /** Of what belongs to the protocol: nobody else registers or publishes there. */
    static final String RESERVED = "wamp.";

    /** Characters. */
    static final int LENGTH_MAX = 1024;

    private Uris() {}

    /** Whether something can be called or published to under this URI. */
    static boolean isUri(String uri) {
        return isPattern(uri, Match.EXACT);
    }

    /** Whether something can be asked for under this URI in this way. */
    static boolean isPattern(String uri, Match match) {
        int length = uri.length();
        if (length == 0 || length > LENGTH_MAX) {
            return false;
        }
        boolean isPartEmpty = true;
        for (int i = 0; i < length; i++) {
            char c = uri.charAt(i);
            if (c == '.') {
                if (isPartEmpty && match != Match.WILDCARD) {
                    return false;
                }
                isPartEmpty = true;
            } else if (c == '#' || Character.isWhitespace(c) || Character.isISOControl(c)) {
                return false;
            } else {
                isPartEmpty = false;
            }
        }
        return !isPartEmpty || match != Match.EXACT;
    }

    static boolean isReserved(String uri) {
        return uri.startsWith(RESERVED);
    }
}
