package dev.muster.observe.cos;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Points in time as the contract writes them, in UTC: for programs (§1.4) and for people (§9.1). */
final class Times {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<String> MONTHS =
            List.of("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.");

    private Times() {}

    /** Six digits of fraction, or none when it is zero. */
    static String stamp(Instant instant) {
        long micros = instant.getNano() / 1000;
        String whole = SECONDS.format(instant);
        return micros == 0 ? whole + 'Z' : whole + '.' + String.format(Locale.ROOT, "%06d", micros) + 'Z';
    }

    /** {@code Nov. 20, 2026, 9:45 a.m.} */
    static String text(Instant instant) {
        ZonedDateTime time = instant.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        return MONTHS.get(time.getMonthValue() - 1) + ' ' + time.getDayOfMonth() + ", " + time.getYear() + ", "
                + clock(time.getHour(), time.getMinute());
    }

    private static String clock(int hour, int minute) {
        if (minute == 0 && hour % 12 == 0) {
            return hour == 0 ? "midnight" : "noon";
        }
        int twelve = hour % 12 == 0 ? 12 : hour % 12;
        String minutes = minute == 0 ? "" : String.format(Locale.ROOT, ":%02d", minute);
        return twelve + minutes + (hour < 12 ? " a.m." : " p.m.");
    }
}
