package dev.muster.config.poc;

import dev.muster.kernel.Provenance;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** One request on its way through the house: what came, who came, and how much of its body is held. */
final class Visit {

    private static final int TRACE_LENGTH_MAX = 128;

    final ServerHttpRequest request;
    final ServerHttpResponse response;
    final HttpHeaders headers;
    final HttpMethod method;
    /** The client's address. */
    final @Nullable InetAddress address;

    private Map<String, String> admitted = Map.of();
    private final AtomicLong held = new AtomicLong();

    Visit(ServerHttpRequest request, ServerHttpResponse response, @Nullable InetAddress address) {
        this.request = request;
        this.response = response;
        this.headers = request.getHeaders();
        this.method = request.getMethod();
        this.address = address;
    }

    boolean is(HttpMethod other) {
        return method.equals(other);
    }

    /** What is known of the request before anyone knows who sent it. */
    Map<String, String> circumstances() {
        Map<String, String> provenance = HashMap.newHashMap(4);
        if (address != null) {
            provenance.put(Provenance.ADDRESS, address.getHostAddress());
        }
        String trace = headers.getFirst("traceparent");
        if (trace != null && trace.length() <= TRACE_LENGTH_MAX) {
            provenance.put(Provenance.TRACEPARENT, trace);
        }
        return provenance;
    }

    /** @param provenance with the actor; none when the address alone was enough */
    void admit(Map<String, String> provenance) {
        admitted = provenance;
    }

    /**
     * What a change carries: the token that was shown, or else the agent that speaks.
     *
     * @param agent its id, or an address where no agent is meant
     */
    Map<String, String> provenance(String agent) {
        if (admitted.containsKey(Provenance.ACTOR)) {
            return admitted;
        }
        Map<String, String> named = circumstances();
        named.put(Provenance.ACTOR, "agent:" + agent);
        return named;
    }

    /** The same for a change that concerns no agent in particular. */
    Map<String, String> provenance() {
        return provenance(address == null ? "unknown" : address.getHostAddress());
    }

    void holds(int bytes) {
        held.addAndGet(bytes);
    }

    /** How many bytes of its body are still counted; none from now on. */
    long letGo() {
        return held.getAndSet(0);
    }
}
