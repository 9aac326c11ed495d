package dev.muster.config.snapd;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Durations as clients of this API write them: {@code 10s}, {@code 1m30s}, {@code 1.5h}, {@code 0}. */
final class WaitTime {

    private static final int LENGTH_MAX = 64;

    private static final Map<String, BigDecimal> NANOS = Map.of(
            "ns", BigDecimal.ONE,
            "us", BigDecimal.valueOf(1_000),
            "\u00b5s", BigDecimal.valueOf(1_000),
            "\u03bcs", BigDecimal.valueOf(1_000),
            "ms", BigDecimal.valueOf(1_000_000),
            "s", BigDecimal.valueOf(1_000_000_000L),
            "m", BigDecimal.valueOf(60_000_000_000L),
            "h", BigDecimal.valueOf(3_600_000_000_000L));

    private final String text;
    private int at;

    private WaitTime(String text) {
        this.text = text;
    }

    /** No longer than {@code max}; null when none is given. Fails with 400 when it is none or negative. */
    static @Nullable Duration read(@Nullable String text, Duration max) {
        if (text == null) {
            return null;
        }
        BigDecimal nanos = text.length() > LENGTH_MAX ? null : new WaitTime(text).nanos();
        if (nanos == null) {
            throw ConfdbFailure.badRequest("The access-timeout is no duration; write 10s or 1m30s.");
        }
        if (nanos.signum() < 0) {
            throw ConfdbFailure.badRequest("The access-timeout is negative.");
        }
        return nanos.compareTo(BigDecimal.valueOf(max.toNanos())) >= 0 ? max : Duration.ofNanos(nanos.longValue());
    }

    private @Nullable BigDecimal nanos() {
        boolean negative = text.startsWith("-");
        at = negative || text.startsWith("+") ? 1 : 0;
        if (text.substring(at).equals("0")) {
            return BigDecimal.ZERO;
        }
        if (at == text.length()) {
            return null;
        }
        BigDecimal all = BigDecimal.ZERO;
        while (at < text.length()) {
            BigDecimal number = number();
            BigDecimal unit = number == null ? null : NANOS.get(unit());
            if (number == null || unit == null) {
                return null;
            }
            all = all.add(number.multiply(unit));
        }
        return negative ? all.negate() : all;
    }

    private @Nullable BigDecimal number() {
        int from = at;
        int digits = digits();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits += digits();
        }
        // "1." and ".5" are numbers to those who write them.
        String number = text.substring(from, at);
        return digits == 0 ? null : new BigDecimal(number.endsWith(".") ? number + "0" : "0" + number);
    }

    private int digits() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - from;
    }

    private String unit() {
        int from = at;
        while (at < text.length() && text.charAt(at) != '.' && (text.charAt(at) < '0' || text.charAt(at) > '9')) {
            at++;
        }
        return text.substring(from, at);
    }
}
