package dev.muster.wamp;

import java.time.Duration;
import java.util.Set;

/**
 * What the router allows.
 *
 * @param realms that there are
 * @param authprovider how it calls itself in challenges
 * @param helloTimeout how long a connection may be silent before HELLO, and again before it proves who it is
 * @param credentialsTimeout how long looking for somebody's credentials may take
 * @param sessionsMax from outside
 * @param subscriptionsMax of one session
 * @param registrationsMax of one session
 * @param callsMax of one session that are under way: those it made, and those made to it
 * @param localCallsMax the same for sessions of this process
 * @param testamentsMax of one session
 * @param takeoversMax how often a session may be ended by a newer one of the same name within {@code takeoverWindow};
 *     more, and two have the same secret: the newer one is refused
 * @param takeoverWindow see there
 * @param eventsMax of one subscription in this process that wait to be taken; more are dropped
 */
public record RouterSettings(
        Set<String> realms,
        String authprovider,
        Duration helloTimeout,
        Duration credentialsTimeout,
        int sessionsMax,
        int subscriptionsMax,
        int registrationsMax,
        int callsMax,
        int localCallsMax,
        int testamentsMax,
        int takeoversMax,
        Duration takeoverWindow,
        int eventsMax) {

    public static final RouterSettings DEFAULTS = new RouterSettings(
            Set.of("realm1"),
            "muster",
            Duration.ofSeconds(7),
            Duration.ofSeconds(5),
            20_000,
            1_000,
            1_000,
            1_000,
            100_000,
            16,
            10,
            Duration.ofMinutes(1),
            4_096);

    public RouterSettings {
        realms = Set.copyOf(realms);
    }
}
