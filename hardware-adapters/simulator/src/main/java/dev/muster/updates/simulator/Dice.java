package dev.muster.updates.simulator;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One device's chance. {@link #roll} moves on with each use; {@link #fate} depends on nothing but seed, device and
 * question, so that whether an installation fails does not hang on how often the device polled before.
 */
final class Dice {

    private final long origin;
    private final SplittableRandom random;

    Dice(long seed, int device) {
        this.origin = mix(seed ^ mix(device));
        this.random = new SplittableRandom(origin);
    }

    boolean roll(double chance) {
        return random.nextDouble() < chance;
    }

    /** A whole number from 0 up to, not including, {@code bound}. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** The duration, varied by up to a tenth either way. */
    Duration about(Duration duration) {
        return Duration.ofNanos(Math.round(duration.toNanos() * (0.9 + 0.2 * random.nextDouble())));
    }

    boolean fate(String question, double chance) {
        return fraction(question) < chance;
    }

    <T> T fate(String question, List<T> outcomes) {
        return outcomes.get((int) (fraction(question) * outcomes.size()));
    }

    private double fraction(String question) {
        return (mix(origin ^ mix(question.hashCode())) >>> 11) * 0x1.0p-53;
    }

    /** The finisher of SplitMix64: neighbouring inputs give unrelated outputs. */
    private static long mix(long z) {
        z += 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
