package dev.muster.lab.query;

import java.time.Duration;

/**
 * How questions about the lab are answered.
 *
 * @param waitersMax how many may wait for boards at a time, and how many for requests; more are refused
 * @param overMax how many requests that are over are remembered
 * @param longPollMax how long one HTTP request may wait for a change
 * @param usageDaysMax for how many days, today among them, use is remembered
 */
public record LabReadSettings(int waitersMax, int overMax, Duration longPollMax, int usageDaysMax) {

    public static final LabReadSettings DEFAULTS = new LabReadSettings(10_000, 10_000, Duration.ofSeconds(60), 90);
}
