package dev.muster.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Where a request really comes from. Forwarding headers are believed only from proxies the operator named, read from
 * the right: each trusted hop vouches for the one before it, and the first hop nobody vouches for is the client. What
 * stands further left may be invented.
 */
public final class TrustedProxies {

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";
    private static final int HOPS_MAX = 32;

    /** Where a proxy usually is: on the same machine. */
    private static final List<String> USUAL = List.of("127.0.0.0/8", "::1");

    private final Networks networks;

    public TrustedProxies(List<String> networks) {
        this.networks = new Networks(networks);
    }

    /** For wires that stand in front of everything else: those that were named, or where proxies usually are. */
    public static TrustedProxies orUsual(List<String> named) {
        return new TrustedProxies(named.isEmpty() ? USUAL : named);
    }

    /** The client's address in text form, or null when the connection has none. */
    public @Nullable String clientOf(ServerHttpRequest request) {
        InetAddress client = addressOf(request);
        return client == null ? null : client.getHostAddress();
    }

    /** The client's address, or null when the connection has none. */
    public @Nullable InetAddress addressOf(ServerHttpRequest request) {
        InetAddress peer = peer(request);
        if (peer == null) {
            return null;
        }
        InetAddress client = peer;
        List<String> hops = hops(request);
        for (int i = hops.size() - 1, seen = 0; i >= 0 && seen < HOPS_MAX && isTrusted(client); i--, seen++) {
            Optional<InetAddress> before = parsed(hops.get(i));
            if (before.isEmpty()) {
                break;
            }
            client = before.get();
        }
        return client;
    }

    /** Whether a trusted proxy stands at the other end. */
    public boolean isProxied(ServerHttpRequest request) {
        InetAddress peer = peer(request);
        return peer != null && isTrusted(peer);
    }

    /** Whether the client spoke TLS, to us or to a trusted proxy. */
    public boolean isSecure(ServerHttpRequest request) {
        if ("https".equals(request.getURI().getScheme())) {
            return true;
        }
        return isProxied(request)
                && "https".equalsIgnoreCase(request.getHeaders().getFirst(FORWARDED_PROTO));
    }

    private boolean isTrusted(InetAddress address) {
        return networks.contains(address);
    }

    private static @Nullable InetAddress peer(ServerHttpRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        return remote == null ? null : remote.getAddress();
    }

    private static List<String> hops(ServerHttpRequest request) {
        return request.getHeaders().getOrEmpty(FORWARDED_FOR).stream()
                .flatMap(line -> List.of(line.split(",")).stream())
                .map(String::strip)
                .toList();
    }

    private static Optional<InetAddress> parsed(String hop) {
        try {
            return Optional.of(InetAddress.ofLiteral(hop));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
