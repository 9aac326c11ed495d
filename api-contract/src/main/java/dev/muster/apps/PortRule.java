package dev.muster.apps;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A port of an app. What the port is published as on the device is drawn there, and comes back with its reports; so
 * does the port at the tunnel server, which the device asked for.
 *
 * @param name for people
 * @param port in the container, or of the other machine when {@code localIp} is set: 1 to 65535
 * @param main whether it is the app's own face
 * @param active whether there is a tunnel to it
 * @param isPublic whether the tunnel is open to everybody
 * @param localIp another machine in the device's network, or empty
 * @param remotePort of the tunnel, 0 for any
 * @param remotePortEnvironment environment variable that tells the remote port, or empty
 * @param hostPort as the device said; null until then
 */
public record PortRule(
        String name,
        int port,
        Protocol protocol,
        boolean main,
        boolean active,
        @JsonProperty("public") boolean isPublic,
        String localIp,
        int remotePort,
        String remotePortEnvironment,
        @Nullable Integer hostPort) {

    /** Rules of one app. */
    public static final int COUNT_MAX = 64;

    /** Characters of a name or a variable. */
    public static final int TEXT_MAX = 128;

    /** What is spoken on it. */
    public enum Protocol {
        HTTP,
        HTTPS,
        TCP,
        UDP;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether two rules speak of the same port. */
    public boolean isSameAs(PortRule other) {
        return port == other.port && protocol == other.protocol && localIp.equals(other.localIp);
    }

    /**
     * The same with what the device made of it. The port at the tunnel server goes with it only while there is a
     * tunnel: one that was given up may be another device's by now.
     */
    public PortRule asPublished(PortRule published) {
        boolean draws = remotePort == 0 && active && published.active;
        return new PortRule(
                name,
                port,
                protocol,
                main,
                active,
                isPublic,
                localIp,
                draws ? published.remotePort : remotePort,
                remotePortEnvironment,
                published.hostPort);
    }
}
