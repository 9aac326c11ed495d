package dev.muster.updates.modes.query;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a device is, by its own log lines: SWUpdate writes {@code Downloaded 34% (136 of 398 kB).} somewhere in a line,
 * RAUC begins a line with {@code  80% Updating slots}. The last one says it.
 */
final class LogProgress {

    private static final int FULL = 100;
    private static final Pattern PERCENT = Pattern.compile("Downloaded (\\d+)%|^\\s*(\\d+)% ");

    private LogProgress() {}

    /** The last number, at most 100; null when there is none. */
    static @Nullable Integer in(@Nullable List<String> messages) {
        if (messages == null) {
            return null;
        }
        for (int i = messages.size() - 1; i >= 0; i--) {
            Integer percent = inText(messages.get(i));
            if (percent != null) {
                return percent;
            }
        }
        return null;
    }

    /** A message may have several lines. */
    private static @Nullable Integer inText(String message) {
        Integer last = null;
        for (String line : message.split("\n", -1)) {
            Matcher m = PERCENT.matcher(line);
            while (m.find()) {
                String digits = m.group(1) != null ? m.group(1) : m.group(2);
                last = digits == null ? last : percent(digits);
            }
        }
        return last;
    }

    private static Integer percent(String digits) {
        return digits.length() > 9 ? FULL : Math.min(FULL, Integer.parseInt(digits));
    }
}
