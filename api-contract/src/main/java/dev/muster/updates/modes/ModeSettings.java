package dev.muster.updates.modes;

import java.time.Duration;

/**
 * Limits of updates by mode.
 *
 * @param runningMax how many devices may be at work at once; nothing is offered to further ones meanwhile
 * @param silenceMax for so long nothing need be heard of a running update; then it counts as failed and leaves its place
 *     to another device
 */
public record ModeSettings(int runningMax, Duration silenceMax) {

    public static final ModeSettings DEFAULTS = new ModeSettings(1000, Duration.ofDays(1));

    public ModeSettings {
        if (runningMax < 1) {
            throw new IllegalArgumentException("muster.modes.running-max must be at least 1");
        }
        if (silenceMax.isNegative() || silenceMax.isZero()) {
            throw new IllegalArgumentException("muster.modes.silence-max must be longer than nothing");
        }
    }
}
