package dev.muster.lab.wire;

import dev.muster.identity.Caller;
import dev.muster.kernel.Provenance;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** One request on its way through the house: what came, where it goes, who came. */
final class Visit {

    private static final int HEADER_LENGTH_MAX = 256;

    final ServerHttpRequest request;
    final ServerHttpResponse response;
    final HttpHeaders headers;
    /** The client's address. */
    final @Nullable InetAddress address;

    private @Nullable Route route;
    private @Nullable Caller caller;
    private @Nullable Proof proof;
    private boolean isPage;

    Visit(ServerHttpRequest request, ServerHttpResponse response, @Nullable InetAddress address) {
        this.request = request;
        this.response = response;
        this.headers = request.getHeaders();
        this.address = address;
    }

    void goes(Route to) {
        route = to;
    }

    Route route() {
        if (route == null) {
            throw new IllegalStateException("it goes nowhere yet");
        }
        return route;
    }

    /** @param page whether it is a page of the console that asks */
    void admit(Caller who, Proof by, boolean page) {
        caller = who;
        proof = by;
        isPage = page;
    }

    /** Whether it is a page of the console that asks, and no client of the contract's. */
    boolean isPage() {
        return isPage;
    }

    Caller caller() {
        if (caller == null) {
            throw new IllegalStateException("nobody was admitted");
        }
        return caller;
    }

    /** Null before anybody was admitted. */
    @Nullable
    Caller callerOrNull() {
        return caller;
    }

    Proof proof() {
        if (proof == null) {
            throw new IllegalStateException("nobody was admitted");
        }
        return proof;
    }

    Query query() {
        return Query.read(request.getURI().getRawQuery());
    }

    /** What is known of the request before anyone knows who sent it. */
    Map<String, String> circumstances() {
        Map<String, String> provenance = HashMap.newHashMap(4);
        if (address != null) {
            provenance.put(Provenance.ADDRESS, address.getHostAddress());
        }
        copy("traceparent", Provenance.TRACEPARENT, provenance);
        copy("Muster-Reason", Provenance.REASON, provenance);
        return provenance;
    }

    private void copy(String header, String key, Map<String, String> into) {
        String value = headers.getFirst(header);
        if (value != null && value.length() <= HEADER_LENGTH_MAX) {
            into.put(key, value);
        }
    }
}
