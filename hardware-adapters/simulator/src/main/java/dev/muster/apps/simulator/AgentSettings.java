package dev.muster.apps.simulator;

import java.time.Duration;

/**
 * How a simulated agent behaves.
 *
 * @param heartbeat how often it says how it is
 * @param responseMax how long the router may take for everything but calls
 * @param retry how long it waits before it dials again
 * @param ping how often it asks whether the socket is alive
 * @param step how long each step of an app takes
 * @param crashPause how long it waits before it starts an app again that failed; multiplied by the square of the
 * failures
 * @param architecture that it says to have
 * @param hasDocker whether there is a container engine; without one it waits for it, for ever
 */
public record AgentSettings(
        Duration heartbeat,
        Duration responseMax,
        Duration retry,
        Duration ping,
        Duration step,
        Duration crashPause,
        String architecture,
        boolean hasDocker) {

    /** As the real one has them, with apps that are quick. */
    public static final AgentSettings REAL = new AgentSettings(
            Duration.ofSeconds(30),
            Duration.ofSeconds(7),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofMillis(20),
            Duration.ofSeconds(5),
            "amd64",
            true);

    /** For tests: everything much sooner. */
    public static final AgentSettings QUICK = new AgentSettings(
            Duration.ofMillis(500),
            Duration.ofSeconds(7),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofMillis(5),
            Duration.ofMillis(100),
            "amd64",
            true);

    /** The same on a machine without a container engine. */
    public AgentSettings withoutDocker() {
        return new AgentSettings(heartbeat, responseMax, retry, ping, step, crashPause, architecture, false);
    }

    /** The same with apps of which each step takes so long. */
    public AgentSettings withStep(Duration each) {
        return new AgentSettings(heartbeat, responseMax, retry, ping, each, crashPause, architecture, hasDocker);
    }
}
