package dev.muster.config.snapd;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Who is at the other end, when proxies may stand between. The server knows which of them to believe. */
@FunctionalInterface
public interface Peers {

    /** The client's address; null when the connection has none. */
    @Nullable
    InetAddress clientOf(ServerHttpRequest request);
}
