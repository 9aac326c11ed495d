package dev.muster.config.snapd;

import java.time.Duration;

/**
 * Limits of this wire on one node.
 *
 * @param confdb as which generation {@code /v2/confdb} is answered over TCP
 * @param bodyBytesMax bytes of a body; its values may need escapes, so this is more than may be written
 * @param bodiesBytesMax bytes of all bodies that are being read or worked on at once; more is answered 503
 * @param bodyTimeout how long a body may take to arrive
 * @param pathsMax paths that one read may ask for
 * @param writesInFlightMax writes under way at once; more is answered 503
 * @param commandTimeout how long a write may take before the client is told so, where it names no time itself
 * @param accessTimeoutMax the longest time that a client may name
 * @param catchUpMax how long an answer waits for its own effect to be readable
 * @param changesMax changes that can still be asked for
 * @param changesCharactersMax characters of JSON that these have in all
 */
public record ConfdbSettings(
        Generation confdb,
        int bodyBytesMax,
        long bodiesBytesMax,
        Duration bodyTimeout,
        int pathsMax,
        int writesInFlightMax,
        Duration commandTimeout,
        Duration accessTimeoutMax,
        Duration catchUpMax,
        int changesMax,
        long changesCharactersMax) {

    public static final ConfdbSettings DEFAULTS = new ConfdbSettings(
            Generation.V2_74,
            2 << 20,
            64L << 20,
            Duration.ofSeconds(30),
            1_000,
            4_096,
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            10_000,
            16L << 20);

    /** Refuses a generation whose paths are not those of confdb. */
    public ConfdbSettings {
        if (!confdb.isConfdb()) {
            throw new IllegalArgumentException(confdb + " has a path of its own and is no generation of confdb");
        }
    }

    /** The same, answering as another generation. */
    public ConfdbSettings as(Generation other) {
        return new ConfdbSettings(
                other,
                bodyBytesMax,
                bodiesBytesMax,
                bodyTimeout,
                pathsMax,
                writesInFlightMax,
                commandTimeout,
                accessTimeoutMax,
                catchUpMax,
                changesMax,
                changesCharactersMax);
    }

    /** The same with other limits on changes. */
    public ConfdbSettings keeping(int changes, long characters) {
        return new ConfdbSettings(
                confdb,
                bodyBytesMax,
                bodiesBytesMax,
                bodyTimeout,
                pathsMax,
                writesInFlightMax,
                commandTimeout,
                accessTimeoutMax,
                catchUpMax,
                changes,
                characters);
    }
}
