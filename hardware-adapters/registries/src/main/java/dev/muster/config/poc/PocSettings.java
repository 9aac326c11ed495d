package dev.muster.config.poc;

import java.time.Duration;

/**
 * The limits of the wire. Whom to trust by address is not here: see {@link Peers}.
 *
 * @param configBytesMax bytes of a body with a configuration
 * @param registrationBytesMax bytes of the body with which an agent registers; a real one has about a thousand
 * @param bodiesBytesMax bytes of all bodies that are being read or worked on at once; more is answered 503
 * @param agentsMax agents there may be; nobody more can register, which is answered 503
 * @param writesInFlightMax changes under way at once on this node; more is answered 503
 * @param bodyTimeout how long a body may take to arrive
 * @param commandTimeout how long a change may take before the client is told to come back
 * @param catchUpMax how long an answer waits for its own effect to be readable
 */
public record PocSettings(
        int configBytesMax,
        int registrationBytesMax,
        long bodiesBytesMax,
        int agentsMax,
        int writesInFlightMax,
        Duration bodyTimeout,
        Duration commandTimeout,
        Duration catchUpMax) {

    public static final PocSettings DEFAULTS = new PocSettings(
            1 << 20,
            64 << 10,
            64L << 20,
            1_000_000,
            4096,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5));
}
