package dev.muster.updates.goosebit;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Who is at the other end, when proxies may stand between. The server knows which of them to believe. */
public interface Peers {

    /** The client's address: the peer's, or what trusted proxies say of it. Null when the connection has none. */
    @Nullable
    InetAddress clientOf(ServerHttpRequest request);

    /** Whether the client spoke TLS, to us or to a trusted proxy. */
    boolean isSecure(ServerHttpRequest request);
}
