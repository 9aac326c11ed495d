package dev.muster.config.poc;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads UUIDs in every spelling that the original takes (contract §1.1): with hyphens or without, in any case, in
 * braces, as a URN.
 */
final class Uuids {

    private static final String URN = "urn:uuid:";
    private static final int DIGITS = 32;
    private static final int HYPHENATED = 36;

    private Uuids() {}

    /** What came of reading: an id, or the reason why there is none. */
    record Reading(@Nullable UUID id, String fault) {

        private static Reading failed(String why) {
            return new Reading(null, why);
        }
    }

    static Reading read(String text) {
        String body = text;
        if (text.length() == HYPHENATED + 2 && text.startsWith("{") && text.endsWith("}")) {
            body = text.substring(1, text.length() - 1);
        } else if (text.startsWith(URN)) {
            body = text.substring(URN.length());
        }
        for (int i = 0; i < body.length(); i++) {
            if (!isPart(body.charAt(i))) {
                return Reading.failed("invalid character: expected an optional prefix of `urn:uuid:` followed by "
                        + "[0-9a-fA-F-], found `" + Character.toString(body.codePointAt(i)) + "` at " + (i + 1));
            }
        }
        String digits = body.length() == HYPHENATED ? withoutHyphens(body) : body;
        if (digits.length() != DIGITS || digits.indexOf('-') >= 0) {
            return Reading.failed("invalid length: expected " + DIGITS + " digits, with or without hyphens in their"
                    + " places, found " + body.length() + " characters");
        }
        return new Reading(
                new UUID(
                        Long.parseUnsignedLong(digits.substring(0, 16), 16),
                        Long.parseUnsignedLong(digits.substring(16), 16)),
                "");
    }

    private static boolean isPart(char c) {
        return c == '-' || (c <= 'f' && Character.digit(c, 16) >= 0);
    }

    /** Hyphens elsewhere than in their four places stay. */
    private static String withoutHyphens(String text) {
        boolean inPlace =
                text.charAt(8) == '-' && text.charAt(13) == '-' && text.charAt(18) == '-' && text.charAt(23) == '-';
        return inPlace
                ? text.substring(0, 8)
                        + text.substring(9, 13)
                        + text.substring(14, 18)
                        + text.substring(19, 23)
                        + text.substring(24)
                : text;
    }
}
