package dev.muster.wamp;

import java.time.Duration;

/**
 * What the door in front of the router allows.
 *
 * @param path under which agents come, it and all below it
 * @param connectionsMax that are open at once, with a session or without
 * @param unheardMax messages of one connection that wait for the router; more are not read
 * @param eventBytesMax bytes on their way to one connection up to which it still gets events
 * @param outboxBytesMax bytes on their way to one connection up to which it still gets answers; more, and it is ended
 * @param pingInterval how often whoever is silent is asked whether they are there; silent twice, and they are gone
 */
public record WampSettings(
        String path,
        int connectionsMax,
        int unheardMax,
        long eventBytesMax,
        long outboxBytesMax,
        Duration pingInterval) {

    public static final WampSettings DEFAULTS =
            new WampSettings("/wamp", 25_000, 32, 1 << 20, 2L * Codec.BYTES_MAX, Duration.ofSeconds(5));
}
