package dev.muster.server.http;

import dev.muster.kernel.Provenance;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * The first to see a request: works out its trace, its address and its scheme, and puts the provenance so far into the
 * Reactor context under {@link Provenance}; who it is, is added when they have signed in.
 */
public final class ArrivalFilter implements WebFilter, Ordered {

    public static final String TRACEPARENT = "traceparent";
    public static final String REASON = "Muster-Reason";
    private static final int REASON_LENGTH_MAX = 500;

    private final TrustedProxies proxies;

    public ArrivalFilter(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE + 10;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String given = request.getHeaders().getFirst(TRACEPARENT);
        TraceContext trace = TraceContext.continuing(given);
        exchange.getAttributes().put(TraceContext.class.getName(), trace);
        exchange.getResponse().getHeaders().set(TRACEPARENT, trace.header());
        Map<String, String> provenance = provenance(request, trace, given);
        return chain.filter(withScheme(exchange)).contextWrite(context -> context.put(Provenance.class, provenance));
    }

    private Map<String, String> provenance(ServerHttpRequest request, TraceContext trace, @Nullable String given) {
        Map<String, String> provenance = new HashMap<>();
        provenance.put(Provenance.ACTOR, "anonymous");
        provenance.put(Provenance.CORRELATION, trace.traceId());
        if (TraceContext.parsed(given).isPresent()) {
            provenance.put(Provenance.TRACEPARENT, trace.header());
        }
        String address = proxies.clientOf(request);
        if (address != null) {
            provenance.put(Provenance.ADDRESS, address);
        }
        String reason = request.getHeaders().getFirst(REASON);
        if (reason != null && !reason.isBlank()) {
            provenance.put(Provenance.REASON, cleaned(reason));
        }
        return Map.copyOf(provenance);
    }

    /** Behind a proxy that ends TLS the request is https for everyone after us: cookies, HSTS, links. */
    private ServerWebExchange withScheme(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        if (!proxies.isSecure(request) || "https".equals(request.getURI().getScheme())) {
            return exchange;
        }
        String text = request.getURI().toString();
        URI https = URI.create("https" + text.substring(text.indexOf(':')));
        return exchange.mutate().request(request.mutate().uri(https).build()).build();
    }

    private static String cleaned(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}", " ").strip();
        return line.length() > REASON_LENGTH_MAX ? line.substring(0, REASON_LENGTH_MAX) : line;
    }
}
