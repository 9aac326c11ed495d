package dev.muster.lab.query.http;

import dev.muster.kernel.Refused;
import dev.muster.lab.LabRefusal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a caller is ready to wait for an answer: {@code 30s} or {@code 30}, {@code 1m}, {@code 500ms}. */
final class WaitTime {

    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s|m|min|)");

    private WaitTime() {}

    /** Zero when nothing is asked; refuses what is no time and what is too long. */
    static Duration read(@Nullable String text, Duration most) {
        if (text == null || text.isEmpty()) {
            return Duration.ZERO;
        }
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw invalid(most);
        }
        long number = Long.parseLong(time.group(1));
        Duration wait =
                switch (time.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "m", "min" -> Duration.ofMinutes(number);
                    default -> Duration.ofSeconds(number);
                };
        if (wait.compareTo(most) > 0) {
            throw invalid(most);
        }
        return wait;
    }

    private static Refused invalid(Duration most) {
        return LabRefusal.BAD_VALUE.about("wait", "'wait' is a time such as 30s, at most " + most.toSeconds() + "s.");
    }
}
