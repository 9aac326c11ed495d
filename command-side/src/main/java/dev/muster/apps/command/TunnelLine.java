package dev.muster.apps.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel to a port of an app on a device.
 *
 * @param name of the port, for people
 * @param port in the container
 * @param protocol {@code http}, {@code https}, {@code tcp} or {@code udp}
 * @param isPublic whether it is to be open to everybody
 * @param url where it ends, as the agent says; null while nobody says so
 * @param remotePort at the tunnel server, of {@code tcp} and {@code udp}; null for none yet
 * @param error in the agent's words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TunnelLine(
        String app,
        String name,
        int port,
        String protocol,
        @JsonProperty("public") boolean isPublic,
        State state,
        @Nullable String url,
        @Nullable Integer remotePort,
        @Nullable String error) {

    static final Comparator<TunnelLine> ORDER = Comparator.comparing(TunnelLine::app)
            .thenComparingInt(TunnelLine::port)
            .thenComparing(TunnelLine::protocol);

    /** How it is. */
    public enum State {
        OPEN,
        /** It is asked for, and the agent has not opened it yet. */
        OPENING,
        /** The agent could not open it. */
        FAILED,
        /** The agent reaches no tunnel server. */
        UNABLE,
        /** The device is away; it opens when that comes back. */
        AWAY,
        /** It is asked for no more, and still there. */
        CLOSING
    }
}
