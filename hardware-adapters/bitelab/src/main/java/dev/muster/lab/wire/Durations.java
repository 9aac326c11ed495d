package dev.muster.lab.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: {@code 90s}, {@code 10m}, {@code 1h30m}, {@code 2d}, {@code PT2H}; a mere number is seconds. */
final class Durations {

    private static final Pattern SIMPLE = Pattern.compile(
            "(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?" + "(?:(\\d{1,9})(?:m|min))?(?:(\\d{1,9})s?)?");
    private static final Duration MAX = Duration.ofDays(366);

    private Durations() {}

    /** Refuses what is no time, or one of more than a year. */
    static Duration read(String member, String text) {
        Duration read = text.startsWith("P") ? iso(member, text) : simple(member, text);
        if (read.isNegative() || read.compareTo(MAX) > 0) {
            throw WireFailure.badValue("'" + member + "' is from nothing to a year.");
        }
        return read;
    }

    private static Duration simple(String member, String text) {
        Matcher parts = SIMPLE.matcher(text);
        if (text.isEmpty() || text.length() > 60 || !parts.matches()) {
            throw unreadable(member);
        }
        return Duration.ofDays(7 * number(parts.group(1)) + number(parts.group(2)))
                .plusHours(number(parts.group(3)))
                .plusMinutes(number(parts.group(4)))
                .plusSeconds(number(parts.group(5)));
    }

    private static Duration iso(String member, String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw unreadable(member);
        }
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static WireFailure unreadable(String member) {
        return WireFailure.badValue("'" + member + "' is a time like 90s, 10m, 4h or 2d.");
    }
}
