package dev.muster.lab.command.http;

import dev.muster.lab.LabRefusal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Spans of time as people write them: {@code 90} (seconds), {@code 90s}, {@code 30m}, {@code 2h}, {@code 1h30m},
 * {@code 7d}, or ISO-8601 as {@code PT2H}. Whole numbers, at most a thousand years.
 */
final class Durations {

    private static final int TEXT_LENGTH_MAX = 40;
    private static final BigInteger SECONDS_MAX =
            BigInteger.valueOf(Duration.ofDays(365_000).toSeconds());
    private static final Pattern PARTS =
            Pattern.compile("(?:(\\d{1,15})d)?(?:(\\d{1,15})h)?(?:(\\d{1,15})m(?:in)?)?(?:(\\d{1,15})s?)?");
    private static final long[] SECONDS_OF = {86_400, 3_600, 60, 1};

    private Durations() {}

    /** @param member whose value it is; for the refusal */
    static @Nullable Duration orNull(@Nullable String text, String member) {
        return text == null ? null : of(text, member);
    }

    static Duration of(String text, String member) {
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.length() > TEXT_LENGTH_MAX) {
            throw noDuration(member);
        }
        return stripped.startsWith("P") ? iso(stripped, member) : parts(stripped, member);
    }

    private static Duration iso(String text, String member) {
        try {
            return bounded(BigInteger.valueOf(Duration.parse(text).toSeconds()), member);
        } catch (DateTimeParseException e) {
            throw noDuration(member);
        }
    }

    private static Duration parts(String text, String member) {
        Matcher matcher = PARTS.matcher(text);
        if (!matcher.matches()) {
            throw noDuration(member);
        }
        BigInteger seconds = BigInteger.ZERO;
        for (int i = 0; i < SECONDS_OF.length; i++) {
            String part = matcher.group(i + 1);
            if (part != null) {
                seconds = seconds.add(new BigInteger(part).multiply(BigInteger.valueOf(SECONDS_OF[i])));
            }
        }
        return bounded(seconds, member);
    }

    private static Duration bounded(BigInteger seconds, String member) {
        if (seconds.signum() < 0 || seconds.compareTo(SECONDS_MAX) > 0) {
            throw LabRefusal.BAD_VALUE.about(member, "'" + member + "' is longer than anything lasts.");
        }
        return Duration.ofSeconds(seconds.longValue());
    }

    private static RuntimeException noDuration(String member) {
        return LabRefusal.BAD_VALUE.about(
                member, "'" + member + "' is a span of time: 90 (seconds), 30m, 2h, 1h30m, 7d or PT2H.");
    }
}
