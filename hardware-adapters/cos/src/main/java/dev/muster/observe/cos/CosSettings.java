package dev.muster.observe.cos;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an operator of this node decides about the COS wire, with defaults for the rest. Whom to trust by address is not
 * here: see {@link Peers}.
 *
 * @param prefix where the wire is mounted, like {@code /cos}; it stands in redirects and links
 * @param allowedHosts names this server goes by in {@code Host}, beside localhost and plain addresses; {@code
 *     .example.org} stands for a domain with all below it, {@code *} for any
 * @param tokenMemory how long a valid token speaks for its address where the agent sends none (PATCH, PUT, DELETE);
 *     zero: not at all
 * @param dashboardBytesMax bytes of a body with a dashboard
 * @param rulesBytesMax bytes of a body with a rule file; its text may need escapes, so this is more than a file has
 * @param bodyBytesMax bytes of any other body; an agent sends back all it read of its device, certificates included
 * @param bodiesBytesMax bytes of all bodies that are being read or worked on at once; more is answered 503
 * @param writesInFlightMax changes under way at once on this node; more is answered 503
 * @param bodyTimeout how long a body may take to arrive
 * @param commandTimeout how long a change may take before the client is told to come back
 * @param catchUpMax how long an answer waits for its own effect to be readable
 */
public record CosSettings(
        String prefix,
        List<String> allowedHosts,
        Duration tokenMemory,
        int dashboardBytesMax,
        int rulesBytesMax,
        int bodyBytesMax,
        long bodiesBytesMax,
        int writesInFlightMax,
        Duration bodyTimeout,
        Duration commandTimeout,
        Duration catchUpMax) {

    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)+");
    /** What the rest of this server begins its paths with, but for the console's pages. */
    private static final Set<String> TAKEN = Set.of(
            "api", "actuator", "docs", "prometheus", "loki", "livez", "readyz", "startupz", "assets", "index.html");

    public static final CosSettings DEFAULTS = new CosSettings(
            "/cos",
            List.of(),
            Duration.ZERO,
            32 << 20,
            2 << 20,
            1 << 20,
            72L << 20,
            4096,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5));

    /** Refuses a prefix that is none, or that would hide the rest of this server. */
    public CosSettings {
        allowedHosts = List.copyOf(allowedHosts);
        if (!PREFIX.matcher(prefix).matches() || TAKEN.contains(prefix.split("/", 3)[1])) {
            throw new IllegalArgumentException(
                    "muster.cos.prefix must look like /cos and not begin as other paths of this server: '" + prefix
                            + "'");
        }
    }

    /** The same, mounted elsewhere. */
    public CosSettings at(String otherPrefix) {
        return with(otherPrefix, allowedHosts, tokenMemory);
    }

    /** The same with what operators set. */
    public CosSettings with(String otherPrefix, List<String> otherHosts, Duration otherMemory) {
        return new CosSettings(
                otherPrefix,
                otherHosts,
                otherMemory,
                dashboardBytesMax,
                rulesBytesMax,
                bodyBytesMax,
                bodiesBytesMax,
                writesInFlightMax,
                bodyTimeout,
                commandTimeout,
                catchUpMax);
    }
}
