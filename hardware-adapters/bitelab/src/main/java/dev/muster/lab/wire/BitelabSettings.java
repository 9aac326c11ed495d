package dev.muster.lab.wire;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an operator of this node decides about the lab's wire, with defaults for the rest.
 *
 * @param prefix where the wire is mounted, like {@code /bitelab}
 * @param controllerHost where the ssh server is that {@code /contssh/ws} leads to; null: that path does not exist
 * @param controllerPort of it
 * @param tokenLife of tokens that somebody makes for themselves or through ssh, when they ask for no other
 * @param tokenLifeMax of those tokens
 * @param waitMax how long one request may wait for a board or for news
 * @param bodyBytesMax bytes of a body
 * @param bodyTimeout how long a body may take to arrive
 * @param channels limits of open WebSockets
 */
public record BitelabSettings(
        String prefix,
        @Nullable String controllerHost,
        int controllerPort,
        Duration tokenLife,
        Duration tokenLifeMax,
        Duration waitMax,
        int bodyBytesMax,
        Duration bodyTimeout,
        ChannelLimits channels) {

    /**
     * Limits of open WebSockets.
     *
     * @param perBoardMax open at once for one board
     * @param max open at once
     * @param controllerMax open at once to the controller's ssh server
     * @param controllerPerMinuteMax opened to it within a minute from one address; six times as many from all
     * @param controllerLifeMax how long one of those may last
     * @param pingInterval after two without an answer a channel is closed
     * @param tokenCheckInterval how often each open channel's token is looked at again
     * @param startTimeout how long a program at the far end may take to start, and a client to say what it wants
     */
    public record ChannelLimits(
            int perBoardMax,
            int max,
            int controllerMax,
            int controllerPerMinuteMax,
            Duration controllerLifeMax,
            Duration pingInterval,
            Duration tokenCheckInterval,
            Duration startTimeout) {

        public static final ChannelLimits DEFAULTS = new ChannelLimits(
                32,
                512,
                16,
                10,
                Duration.ofMinutes(2),
                Duration.ofSeconds(20),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10));
    }

    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)+");
    /** What the rest of this server begins its paths with, but for the console's pages. */
    private static final Set<String> TAKEN = Set.of(
            "api", "actuator", "docs", "prometheus", "loki", "livez", "readyz", "startupz", "assets", "index.html");

    public static final BitelabSettings DEFAULTS = new BitelabSettings(
            "/bitelab",
            null,
            22,
            Duration.ofHours(12),
            Duration.ofHours(24),
            Duration.ofHours(1),
            64 << 10,
            Duration.ofSeconds(10),
            ChannelLimits.DEFAULTS);

    /** Refuses a prefix that is none, or that would hide the rest of this server. */
    public BitelabSettings {
        if (!PREFIX.matcher(prefix).matches() || TAKEN.contains(prefix.split("/", 3)[1])) {
            throw new IllegalArgumentException(
                    "muster.lab.prefix must look like /bitelab and not begin as other paths of this server: '" + prefix
                            + "'");
        }
        if (controllerPort < 1 || controllerPort > 65_535) {
            throw new IllegalArgumentException("muster.lab.controller-port is no port: " + controllerPort);
        }
        if (!tokenLife.isPositive() || tokenLife.compareTo(tokenLifeMax) > 0) {
            throw new IllegalArgumentException(
                    "muster.lab.token-life is at most " + tokenLifeMax.toHours() + " hours: " + tokenLife);
        }
    }

    /** The same with what operators set. */
    public BitelabSettings with(String otherPrefix, @Nullable String otherHost, int otherPort) {
        return new BitelabSettings(
                otherPrefix,
                otherHost,
                otherPort,
                tokenLife,
                tokenLifeMax,
                waitMax,
                bodyBytesMax,
                bodyTimeout,
                channels);
    }

    /** The same with another life of the tokens that people make for themselves. */
    public BitelabSettings with(Duration otherTokenLife) {
        return new BitelabSettings(
                prefix,
                controllerHost,
                controllerPort,
                otherTokenLife,
                tokenLifeMax,
                waitMax,
                bodyBytesMax,
                bodyTimeout,
                channels);
    }

    /** The same with other limits of channels. */
    public BitelabSettings with(ChannelLimits other) {
        return new BitelabSettings(
                prefix,
                controllerHost,
                controllerPort,
                tokenLife,
                tokenLifeMax,
                waitMax,
                bodyBytesMax,
                bodyTimeout,
                other);
    }
}
