package dev.muster.lab.environment;

import java.time.Duration;

/**
 * Limits of setup scripts.
 *
 * @param reserveMax how long one may take on reserve
 * @param releaseMax how long one may take on release
 * @param killAfter how long one that took too long has to end until it is killed
 * @param sideBySideMax scripts at once, for different boards
 * @param waitingMax scripts of one board that wait for their turn
 * @param outputBytesMax bytes of its answer; more counts as failure
 * @param errorBytesMax bytes of what it says to people; the newest are kept
 */
public record ScriptSettings(
        Duration reserveMax,
        Duration releaseMax,
        Duration killAfter,
        int sideBySideMax,
        int waitingMax,
        int outputBytesMax,
        int errorBytesMax) {

    public static final ScriptSettings DEFAULTS = new ScriptSettings(
            Duration.ofSeconds(120), Duration.ofSeconds(120), Duration.ofSeconds(10), 16, 16, 1 << 20, 64 << 10);

    /** Refuses limits that let nothing through. */
    public ScriptSettings {
        if (sideBySideMax < 1 || waitingMax < 1 || !reserveMax.isPositive() || !releaseMax.isPositive()) {
            throw new IllegalArgumentException("setup scripts need time and room for at least one");
        }
    }

    /** The same with what operators set. */
    public ScriptSettings with(Duration otherReserveMax, Duration otherReleaseMax, int otherSideBySideMax) {
        return new ScriptSettings(
                otherReserveMax,
                otherReleaseMax,
                killAfter,
                otherSideBySideMax,
                waitingMax,
                outputBytesMax,
                errorBytesMax);
    }
}
