package dev.muster.updates.query;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How often devices are told to poll: {@code <interval>[~NN%]{, <filter> -> <interval>[~NN%]}}, the first filter that
 * matches counts. What cannot be read counts as the default interval, because settings were checked when they were
 * made and presence must be answered anyway.
 *
 * @param byDefault longest time between polls, the jitter included, in milliseconds
 * @param exceptions in order
 */
record PollingPlan(long byDefault, List<Exception> exceptions) {

    private static final Duration INTERVAL_DEFAULT = Duration.ofMinutes(5);

    record Exception(Term term, long millis) {}

    static PollingPlan parse(String text, Function<String, Term> compiler) {
        int comma = text.indexOf(',');
        long byDefault = longest(comma < 0 ? text : text.substring(0, comma));
        List<Exception> exceptions = new ArrayList<>();
        String rest = comma < 0 ? "" : text.substring(comma + 1);
        for (int arrow = rest.indexOf("->"); arrow >= 0; arrow = rest.indexOf("->")) {
            int end = rest.indexOf(',', arrow);
            String interval = rest.substring(arrow + 2, end < 0 ? rest.length() : end);
            exceptions.add(new Exception(compiler.apply(rest.substring(0, arrow).strip()), longest(interval)));
            rest = end < 0 ? "" : rest.substring(end + 1);
        }
        return new PollingPlan(byDefault, List.copyOf(exceptions));
    }

    long millis(DeviceState device, Sightings sightings) {
        for (Exception each : exceptions) {
            if (each.term().holds(device, sightings)) {
                return each.millis();
            }
        }
        return byDefault;
    }

    private static long longest(String text) {
        String[] parts = text.strip().split("~", 2);
        long millis = interval(parts[0].strip()).toMillis();
        if (parts.length == 2 && parts[1].strip().matches("\\d{1,3}%")) {
            String percent = parts[1].strip();
            return millis + millis * Integer.parseInt(percent.substring(0, percent.length() - 1)) / 100;
        }
        return millis;
    }

    private static Duration interval(String text) {
        try {
            if (text.startsWith("P")) {
                return Duration.parse(text);
            }
            long seconds = 0;
            for (String part : text.split(":", 3)) {
                seconds = seconds * 60 + Integer.parseInt(part);
            }
            return Duration.ofSeconds(seconds);
        } catch (DateTimeParseException | NumberFormatException e) {
            return INTERVAL_DEFAULT;
        }
    }
}
