package dev.muster.updates.simulator;

import java.net.URI;
import java.time.Duration;

/**
 * What the demo's story needs.
 *
 * @param server origin of the server, without a trailing slash
 * @param adminToken bearer token of an administrator
 * @param devices how many devices to simulate
 * @param tempo how quickly they live
 * @param pause between two chapters, so that a reader can follow
 * @param chapterMax how long one chapter may take before the story is given up
 */
public record DemoSettings(
        URI server,
        String adminToken,
        int devices,
        SimulatorSettings.Tempo tempo,
        Duration pause,
        Duration chapterMax) {

    /** The defaults: a lively fleet, five seconds between chapters, at most ten minutes each. */
    public static DemoSettings of(URI server, String adminToken, int devices) {
        return new DemoSettings(
                server,
                adminToken,
                devices,
                SimulatorSettings.Tempo.LIVELY,
                Duration.ofSeconds(5),
                Duration.ofMinutes(10));
    }
}
