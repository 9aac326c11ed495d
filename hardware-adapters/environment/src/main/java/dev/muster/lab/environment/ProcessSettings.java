package dev.muster.lab.environment;

import java.time.Duration;

/**
 * How programs of boards are run.
 *
 * @param path value of {@code PATH}, where programs are looked for too
 * @param processesMax programs at once; setup scripts do not count
 * @param killAfter how long a program that shall end has until it is killed
 * @param silenceAfterExit once a program is over, how long something that it left behind may be silent before its output
 *     counts as ended
 * @param unheardAfterExit once a program is over, how long its output waits for somebody to listen
 */
public record ProcessSettings(
        String path, int processesMax, Duration killAfter, Duration silenceAfterExit, Duration unheardAfterExit) {

    public static final ProcessSettings DEFAULTS = new ProcessSettings(
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            256,
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30));

    /** Refuses bounds that bound nothing. */
    public ProcessSettings {
        if (processesMax < 1 || path.isBlank()) {
            throw new IllegalArgumentException("programs of boards need a path and room for at least one");
        }
    }
}
