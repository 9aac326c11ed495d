package dev.muster.lab.command;

import java.time.Duration;
import java.util.List;

/**
 * How patient the lab is.
 *
 * @param preparationMax how long whoever reserves waits for script, power and console
 * @param releaseMax how long whoever releases waits for the clean-up
 * @param powerMax how long whoever switches waits for the switch
 * @param effectMax after which a script, a switch or a line that does not answer counts as failed
 * @param retries pauses before a clean-up that failed is tried again; after the last an administrator has to come
 * @param rereadEvery how often power that is unknown, and a line that is not open, is looked at again
 * @param expiryEvery how often at least the ends of reservations are looked at
 * @param queueEvery how often at least the queue is looked at, for times that pass
 * @param flashingEvery how often it is looked what became of a board that is flashed back
 * @param pause before an effect whose answer could not be recorded is looked at again
 * @param waitingMax requests that wait, all together
 * @param waitingOfOneMax requests that wait, of one person
 */
public record LabSettings(
        Duration preparationMax,
        Duration releaseMax,
        Duration powerMax,
        Duration effectMax,
        List<Duration> retries,
        Duration rereadEvery,
        Duration expiryEvery,
        Duration queueEvery,
        Duration flashingEvery,
        Duration pause,
        int waitingMax,
        int waitingOfOneMax) {

    private static final Duration MARGIN = Duration.ofMinutes(1);

    public static final LabSettings DEFAULTS = new LabSettings(
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(4),
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2)),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            10_000,
            100);

    /**
     * The same for setup scripts that may take this long: nobody gives up before they do, nor before what follows them.
     *
     * @param scriptMax of the longer of both ways, its end by force included
     */
    public LabSettings withScripts(Duration scriptMax) {
        Duration effect = longer(effectMax, scriptMax.plus(MARGIN));
        Duration whole = effect.plus(MARGIN);
        return new LabSettings(
                longer(preparationMax, whole),
                longer(releaseMax, whole),
                powerMax,
                effect,
                retries,
                rereadEvery,
                expiryEvery,
                queueEvery,
                flashingEvery,
                pause,
                waitingMax,
                waitingOfOneMax);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    public LabSettings {
        retries = List.copyOf(retries);
    }
}
