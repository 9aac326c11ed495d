package dev.muster.updates.query;

import dev.muster.updates.PollingTime;
import dev.muster.updates.PollingTime.Span;
import java.util.List;
import java.util.function.Function;

/**
 * How often devices are told to poll, ready to be asked for many of them: the first filter that matches counts.
 *
 * @param byDefault longest time between polls, the spread included, in milliseconds
 * @param exceptions in order
 */
record PollingPlan(long byDefault, List<Exception> exceptions) {

    record Exception(Term term, long millis) {}

    static PollingPlan of(PollingTime polling, Function<String, Term> compiler) {
        return new PollingPlan(
                longest(polling.standard()),
                polling.rules().stream()
                        .map(rule -> new Exception(compiler.apply(rule.filter()), longest(rule.span())))
                        .toList());
    }

    long millis(DeviceState device, Sightings sightings) {
        for (Exception each : exceptions) {
            if (each.term().holds(device, sightings)) {
                return each.millis();
            }
        }
        return byDefault;
    }

    private static long longest(Span span) {
        long millis = span.interval().toMillis();
        return millis + millis * span.spreadPercent() / 100;
    }
}
