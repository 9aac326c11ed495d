package dev.muster.apps.reagent;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the agents' cloud allows.
 *
 * @param realm of the router in which agents are
 * @param repository path of images in the registry, with a slash at its end
 * @param console address of this server for people, which agents tell their apps; null for none
 * @param tunnelPortFirst first of the ports at the tunnel server that may be given out
 * @param tunnelPortLast last of them
 * @param tunnelPortsMax of one device
 * @param answerMax how long an agent waits for an answer at most: it has no patience of its own, and would wait for
 * ever
 * @param callMax how long agents may take for what is done in a moment
 * @param pushMax how long agents may take to hear about an app
 * @param reportsPerSecond of one device that are taken; more have to wait
 * @param reportsAtOnce of one device that are taken before that
 * @param registryLogin how long what an agent shows to the registry of images is good for
 * @param registryAccess how long what it gets for that is good for
 */
public record ReagentSettings(
        String realm,
        String repository,
        @Nullable String console,
        int tunnelPortFirst,
        int tunnelPortLast,
        int tunnelPortsMax,
        Duration answerMax,
        Duration callMax,
        Duration pushMax,
        int reportsPerSecond,
        int reportsAtOnce,
        Duration registryLogin,
        Duration registryAccess) {

    public static final ReagentSettings DEFAULTS = new ReagentSettings(
            "realm1",
            "apps/",
            null,
            30_000,
            30_999,
            32,
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            20,
            200,
            Duration.ofHours(6),
            Duration.ofMinutes(15));

    public ReagentSettings {
        if (!repository.endsWith("/")) {
            throw new IllegalArgumentException("muster.apps.repository ends with a slash");
        }
        if (tunnelPortFirst < 1 || tunnelPortLast > 65_535 || tunnelPortLast < tunnelPortFirst) {
            throw new IllegalArgumentException("The ports of tunnels are a range within 1 to 65535");
        }
    }

    /** The same, of which the files of agents speak too. */
    public ReagentSettings with(String imageRepository, @Nullable String consoleAddress) {
        return new ReagentSettings(
                realm,
                imageRepository,
                consoleAddress,
                tunnelPortFirst,
                tunnelPortLast,
                tunnelPortsMax,
                answerMax,
                callMax,
                pushMax,
                reportsPerSecond,
                reportsAtOnce,
                registryLogin,
                registryAccess);
    }

    /** The same with other ports at the tunnel server. */
    public ReagentSettings with(int portFirst, int portLast) {
        return new ReagentSettings(
                realm,
                repository,
                console,
                portFirst,
                portLast,
                tunnelPortsMax,
                answerMax,
                callMax,
                pushMax,
                reportsPerSecond,
                reportsAtOnce,
                registryLogin,
                registryAccess);
    }
}
