package dev.muster.observe.cos;

import dev.muster.kernel.Provenance;
import dev.muster.observe.Uid;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** One request on its way through the house: what came, where it goes, who came, and how the answer shall look. */
final class Visit {

    private static final int TRACE_LENGTH_MAX = 128;

    final ServerHttpRequest request;
    final ServerHttpResponse response;
    final HttpHeaders headers;
    final HttpMethod method;
    /** Null when the path leads nowhere. */
    final @Nullable Route route;
    /** The client's address. */
    final @Nullable InetAddress address;

    private Rendering rendering = Rendering.JSON;
    private @Nullable Form query;
    private @Nullable Map<String, String> admitted;
    private final AtomicLong held = new AtomicLong();

    Visit(
            ServerHttpRequest request,
            ServerHttpResponse response,
            @Nullable Route route,
            @Nullable InetAddress address) {
        this.request = request;
        this.response = response;
        this.headers = request.getHeaders();
        this.method = request.getMethod();
        this.route = route;
        this.address = address;
    }

    /** Where it goes; only for visits that go somewhere. */
    Route route() {
        if (route == null) {
            throw new IllegalStateException("this path leads nowhere");
        }
        return route;
    }

    boolean is(HttpMethod other) {
        return method.equals(other);
    }

    /** True for HEAD as well: whoever carries the answer leaves its body out. */
    boolean reads() {
        return is(HttpMethod.GET) || is(HttpMethod.HEAD);
    }

    Rendering rendering() {
        return rendering;
    }

    void render(Rendering as) {
        rendering = as;
    }

    Form query() {
        Form known = query;
        if (known == null) {
            known = Form.read(request.getURI().getRawQuery());
            query = known;
        }
        return known;
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

    /** @param provenance with the actor, or without one when the address alone was enough */
    void admit(Map<String, String> provenance) {
        admitted = provenance;
    }

    /** What a change carries that concerns nobody's device in particular. */
    Map<String, String> provenance() {
        return provenance(address == null ? "unknown" : address.getHostAddress());
    }

    /** What a change of a device carries: the agent that speaks for it, or the token it showed. */
    Map<String, String> provenance(Uid device) {
        return provenance(device.value());
    }

    private Map<String, String> provenance(String agent) {
        Map<String, String> known = admitted;
        if (known == null) {
            throw new IllegalStateException("nobody was admitted");
        }
        if (known.containsKey(Provenance.ACTOR)) {
            return known;
        }
        Map<String, String> named = new HashMap<>(known);
        named.put(Provenance.ACTOR, "agent:" + agent);
        return named;
    }

    void holds(int bytes) {
        held.addAndGet(bytes);
    }

    /** How many bytes of its body are still counted; none from now on. */
    long letGo() {
        return held.getAndSet(0);
    }
}
