package dev.muster.observe.cos;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Points in time as the contract writes them, in UTC: for programs (§1.4) and for people (§9.1). */
final class Times {

    private static final List<String> MONTHS =
            List.of("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.");

    private Times() {}

    /** Six digits of fraction, or none when it is zero. Digit by digit, as a list has one for each device. */
    static String stamp(Instant instant) {
        LocalDateTime time = utc(instant);
        StringBuilder text = new StringBuilder(27);
        digits(text, time.getYear(), 4);
        digits(text.append('-'), time.getMonthValue(), 2);
        digits(text.append('-'), time.getDayOfMonth(), 2);
        digits(text.append('T'), time.getHour(), 2);
        digits(text.append(':'), time.getMinute(), 2);
        digits(text.append(':'), time.getSecond(), 2);
        int micros = time.getNano() / 1000;
        if (micros > 0) {
            digits(text.append('.'), micros, 6);
        }
        return text.append('Z').toString();
    }

    private static void digits(StringBuilder text, int value, int count) {
        String digits = Integer.toString(value);
        text.repeat('0', Math.max(0, count - digits.length())).append(digits);
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
    }

    /** {@code Nov. 20, 2026, 9:45 a.m.} */
    static String text(Instant instant) {
        LocalDateTime time = utc(instant);
        return MONTHS.get(time.getMonthValue() - 1) + ' ' + time.getDayOfMonth() + ", " + time.getYear() + ", "
                + clock(time.getHour(), time.getMinute());
    }

    private static String clock(int hour, int minute) {
        if (minute == 0 && hour % 12 == 0) {
            return hour == 0 ? "midnight" : "noon";
        }
        int twelve = hour % 12 == 0 ? 12 : hour % 12;
        String minutes = minute == 0 ? "" : (minute < 10 ? ":0" : ":") + minute;
        return twelve + minutes + (hour < 12 ? " a.m." : " p.m.");
    }
}
