package dev.muster.registry.view;

import java.time.Duration;

/**
 * How the last contact of devices is kept.
 *
 * @param every how often news are written
 * @param writeMax contacts per bulk write
 * @param devicesMax more devices than this are not remembered
 * @param storeWait how long one answer of the store may take
 */
public record ContactSettings(Duration every, int writeMax, int devicesMax, Duration storeWait) {

    public static final ContactSettings DEFAULTS =
            new ContactSettings(Duration.ofSeconds(1), 1_000, 1_000_000, Duration.ofSeconds(20));
}
