package dev.muster.observe.query;

import java.nio.charset.StandardCharsets;

/** Text as it may stand in the parts of a URL (RFC 3986 §2), in UTF-8. */
final class UrlText {

    private static final String UNRESERVED = "-._~";
    /** What a path segment may hold beside the unreserved: {@code pchar} of §3.3. */
    private static final String SEGMENT = UNRESERVED + "!$&'()*+,;=:@";

    private UrlText() {}

    static String host(String text) {
        return encoded(text, UNRESERVED, false);
    }

    static String segment(String text) {
        return encoded(text, SEGMENT, false);
    }

    /** As HTML forms are sent and Python's {@code quote_plus} writes: a blank is a plus sign. */
    static String form(String text) {
        return encoded(text, UNRESERVED, true);
    }

    private static String encoded(String text, String kept, boolean plus) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || kept.indexOf(c) >= 0) {
                encoded.append(c);
            } else if (c == ' ' && plus) {
                encoded.append('+');
            } else {
                encoded.append('%').append(hex(c >> 4)).append(hex(c & 15));
            }
        }
        return encoded.toString();
    }

    private static char hex(int digit) {
        return "0123456789ABCDEF".charAt(digit);
    }
}
