package dev.muster.observe.documents;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names and durations as Prometheus and Loki take them in rule files. */
final class PrometheusWords {

    private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Pattern METRIC_NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern DURATION = Pattern.compile(
            "(?:([0-9]+)y)?(?:([0-9]+)w)?(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?" + "(?:([0-9]+)ms)?");
    private static final long[] MILLISECONDS = {
        365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000, 1
    };
    private static final BigInteger MILLISECONDS_MAX = BigInteger.valueOf(Long.MAX_VALUE / 1_000_000);
    private static final int DURATION_LENGTH_MAX = 100;

    private PrometheusWords() {}

    static boolean isLabelName(String text) {
        return LABEL_NAME.matcher(text).matches();
    }

    static boolean isMetricName(String text) {
        return METRIC_NAME.matcher(text).matches();
    }

    /** {@code 0}, or numbers with units from years to milliseconds in that order, within 292 years. */
    static boolean isDuration(String text) {
        if (text.equals("0")) {
            return true;
        }
        Matcher parts = DURATION.matcher(text);
        if (text.isEmpty() || text.length() > DURATION_LENGTH_MAX || !parts.matches()) {
            return false;
        }
        return sum(parts).compareTo(MILLISECONDS_MAX) <= 0;
    }

    /** Whether it is a duration and takes any time. */
    static boolean isSome(String duration) {
        Matcher parts = DURATION.matcher(duration);
        return isDuration(duration) && parts.matches() && sum(parts).signum() > 0;
    }

    private static BigInteger sum(Matcher parts) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < MILLISECONDS.length; i++) {
            String number = parts.group(i + 1);
            if (number != null) {
                sum = sum.add(new BigInteger(number).multiply(BigInteger.valueOf(MILLISECONDS[i])));
            }
        }
        return sum;
    }
}
