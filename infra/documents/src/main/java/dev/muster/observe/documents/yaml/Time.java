package dev.muster.observe.documents.yaml;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date, or a date with time, as PyYAML reads and writes it.
 *
 * @param written the form in which it is written again
 * @param same equal for the same date or moment
 */
record Time(String written, Object same) {

    private static final Pattern FORM = Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
            + "(?:(?:[Tt]|[ \\t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]*))?"
            + "(?:[ \\t]*(?:(Z)|([-+])([0-9]{1,2})(?::([0-9]{2}))?))?)?");

    /**
     * @param text looks like a time, see {@link PlainScalars}
     * @throws DateTimeException if there is no such date or time
     */
    static Time read(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new DateTimeException(text);
        }
        LocalDate date = LocalDate.of(number(parts.group(1)), number(parts.group(2)), number(parts.group(3)));
        if (date.getYear() == 0) {
            throw new DateTimeException(text);
        }
        if (parts.group(4) == null) {
            return new Time(date.toString(), date);
        }
        int micros = micros(parts.group(7));
        LocalTime time =
                LocalTime.of(number(parts.group(4)), number(parts.group(5)), number(parts.group(6)), micros * 1000);
        LocalDateTime moment = LocalDateTime.of(date, time);
        String written = "%s %02d:%02d:%02d%s"
                .formatted(
                        date,
                        time.getHour(),
                        time.getMinute(),
                        time.getSecond(),
                        micros == 0 ? "" : ".%06d".formatted(micros));
        if (parts.group(8) == null && parts.group(9) == null) {
            return new Time(written, moment);
        }
        int minutes = number(parts.group(10)) * 60 + number(parts.group(11));
        if (minutes >= 24 * 60) {
            throw new DateTimeException(text);
        }
        boolean west = "-".equals(parts.group(9)) && minutes > 0;
        String offset = "%s%02d:%02d".formatted(west ? "-" : "+", minutes / 60, minutes % 60);
        return new Time(
                written + offset, moment.plusMinutes(west ? minutes : -minutes).toInstant(ZoneOffset.UTC));
    }

    /** The first six digits of a fraction. */
    private static int micros(@Nullable String fraction) {
        String digits = fraction == null ? "" : fraction;
        return number((digits + "000000").substring(0, 6));
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
