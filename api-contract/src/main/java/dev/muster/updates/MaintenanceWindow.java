package dev.muster.updates;

import java.time.Duration;

/**
 * When a device may install.
 *
 * @param schedule Quartz cron of the window's start, 6 or 7 fields
 * @param duration how long it stays open
 * @param zone offset ({@code +02:00}) or zone id the cron is read in
 */
public record MaintenanceWindow(String schedule, Duration duration, String zone) {}
