package dev.muster.updates;

import dev.muster.kernel.Refused;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * How often devices ask: {@code <interval>[~NN%]{, <RSQL> -> <interval>[~NN%]}}. The first rule whose filter matches
 * the device wins, else the standard counts. Intervals are {@code HH:mm:ss}, {@code mm:ss}, {@code ss} or ISO-8601.
 *
 * @param standard for devices that no rule matches
 * @param rules in the order of their precedence
 */
public record PollingTime(Span standard, List<Rule> rules) {

    /** The shortest interval a device may be told. */
    public static final Duration INTERVAL_MIN = Duration.ofSeconds(30);
    /** The longest one: the wire has two digits for hours and no days. */
    public static final Duration INTERVAL_MAX = Duration.ofDays(1).minusSeconds(1);

    private static final int TEXT_MAX = 4096;
    private static final int RULES_MAX = 50;

    public PollingTime {
        rules = List.copyOf(rules);
    }

    /** @param spreadPercent each answer lies this much around the interval, 0 to 100 */
    public record Span(Duration interval, int spreadPercent) {}

    /** @param filter RSQL over the fleet, not checked here */
    public record Rule(String filter, Span span) {}

    /** Reads the setting; refuses it with {@link UpdatesRefusal#SETTINGS_INVALID} and says what is wrong. */
    public static PollingTime parse(String text) {
        if (text.length() > TEXT_MAX) {
            throw refused("it is longer than " + TEXT_MAX + " characters");
        }
        int end = text.indexOf(',');
        Span standard = span(end < 0 ? text : text.substring(0, end));
        List<Rule> rules = new ArrayList<>();
        while (end >= 0) {
            int arrow = arrow(text, end + 1);
            String filter = text.substring(end + 1, arrow).strip();
            if (filter.isEmpty() || rules.size() == RULES_MAX) {
                throw refused(filter.isEmpty() ? "a rule has no filter" : "it has more than " + RULES_MAX + " rules");
            }
            int next = text.indexOf(',', arrow);
            rules.add(new Rule(filter, span(text.substring(arrow + 2, next < 0 ? text.length() : next))));
            end = next;
        }
        return new PollingTime(standard, rules);
    }

    /** Reads what is stored. That is a fact, and devices must be answered: for an unreadable one the default counts. */
    public static PollingTime inForce(String text) {
        try {
            return parse(text);
        } catch (Refused e) {
            return parse(UpdateSettings.DEFAULTS.pollingTime());
        }
    }

    /** An arrow inside quotes belongs to the filter. */
    private static int arrow(String text, int from) {
        char quote = 0;
        for (int i = from; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '-' && text.charAt(i + 1) == '>') {
                return i;
            }
        }
        throw refused("a rule has no '->'");
    }

    private static Span span(String text) {
        String span = text.strip();
        int tilde = span.indexOf('~');
        if (tilde < 0) {
            return new Span(interval(span), 0);
        }
        String percent = span.substring(tilde + 1).strip();
        if (!percent.endsWith("%")) {
            throw refused("'" + span + "' lacks the percent sign");
        }
        int spread = number(percent.substring(0, percent.length() - 1).strip());
        if (spread > 100) {
            throw refused("a spread is 0 to 100 percent");
        }
        return new Span(interval(span.substring(0, tilde).strip()), spread);
    }

    private static Duration interval(String text) {
        Duration interval = text.startsWith("P") || text.startsWith("p") ? iso(text) : clock(text);
        if (interval.compareTo(INTERVAL_MIN) < 0 || interval.compareTo(INTERVAL_MAX) > 0) {
            throw refused("'" + text + "' is not between 00:00:30 and 23:59:59");
        }
        return interval;
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw refused("'" + text + "' is no interval");
        }
    }

    private static Duration clock(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length > 3) {
            throw refused("'" + text + "' is no interval");
        }
        long seconds = 0;
        for (int i = 0; i < parts.length; i++) {
            int part = number(parts[i]);
            if (i > 0 && part > 59) {
                throw refused("'" + text + "' is no interval");
            }
            seconds = seconds * 60 + part;
        }
        return Duration.ofSeconds(seconds);
    }

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw refused("'" + digits + "' is no number");
        }
        return Integer.parseInt(digits);
    }

    private static Refused refused(String why) {
        return UpdatesRefusal.SETTINGS_INVALID.about("pollingTime", "The polling time is refused: " + why + ".");
    }

    /** {@code HH:mm:ss}, the only form that small devices read; longer than a day is cut to the maximum. */
    public static String format(Duration interval) {
        long seconds = Math.clamp(interval.toSeconds(), 0, INTERVAL_MAX.toSeconds());
        char[] text = {'0', '0', ':', '0', '0', ':', '0', '0'};
        two(text, 0, seconds / 3600);
        two(text, 3, seconds / 60 % 60);
        two(text, 6, seconds % 60);
        return new String(text);
    }

    private static void two(char[] text, int at, long value) {
        text[at] = (char) ('0' + value / 10);
        text[at + 1] = (char) ('0' + value % 10);
    }
}
