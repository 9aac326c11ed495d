package dev.muster.updates.goosebit;

import dev.muster.kernel.Provenance;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** One request on its way through the house: what came, who came, and what its path names. */
final class Visit {

    private static final int TRACE_LENGTH_MAX = 128;

    final ServerHttpRequest request;
    final ServerHttpResponse response;
    final HttpHeaders headers;
    final HttpMethod method;
    final @Nullable InetAddress address;
    final Instant now;

    private List<String> names = List.of();
    private @Nullable Guest guest;

    Visit(ServerHttpRequest request, ServerHttpResponse response, @Nullable InetAddress address, Instant now) {
        this.request = request;
        this.response = response;
        this.headers = request.getHeaders();
        this.method = request.getMethod();
        this.address = address;
        this.now = now;
    }

    boolean is(HttpMethod other) {
        return method.equals(other);
    }

    /** GET or HEAD: what changes nothing. */
    boolean onlyLooks() {
        return is(HttpMethod.GET) || is(HttpMethod.HEAD);
    }

    Form query() {
        return Form.read(request.getURI().getRawQuery());
    }

    /** What stood for the variable parts of the path, decoded, in their order. */
    String name(int index) {
        return names.get(index);
    }

    void named(List<String> found) {
        names = found;
    }

    /** Who is signed in, on routes that nobody else gets to. */
    Guest guest() {
        Guest signedIn = guest;
        if (signedIn == null) {
            throw WireFailure.unauthorized("Not authenticated");
        }
        return signedIn;
    }

    void admit(Guest signedIn) {
        guest = signedIn;
    }

    /** The address as text; null when the connection has none. */
    @Nullable
    String addressText() {
        if (address == null) {
            return null;
        }
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** What is known of the request before anyone knows who sent it. */
    Map<String, String> circumstances(boolean withAddress) {
        Map<String, String> provenance = HashMap.newHashMap(4);
        String from = withAddress ? addressText() : null;
        if (from != null) {
            provenance.put(Provenance.ADDRESS, from);
        }
        String trace = headers.getFirst("traceparent");
        if (trace != null && trace.length() <= TRACE_LENGTH_MAX) {
            provenance.put(Provenance.TRACEPARENT, trace);
        }
        return provenance;
    }
}
