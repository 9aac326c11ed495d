package dev.muster.staging;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Silence has a deadline, and counts as failure in these words. */
public final class Silence {

    private Silence() {}

    /** {@code PT24H} becomes {@code no answer within 24h}. */
    public static String beyond(@Nullable Duration timeout) {
        return timeout == null
                ? "no answer in time"
                : "no answer within " + timeout.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
