package dev.muster.updates.ddi;

import dev.muster.registry.DeviceId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** One request on its way through the house: what came, who came, and what the desk knows of the device. */
final class Visit {

    final ServerHttpRequest request;
    final ServerHttpResponse response;
    final HttpHeaders headers;
    final HttpMethod method;
    final DevicePath path;
    final TenantRules rules;
    final Instant now;
    /** The socket's peer. */
    final @Nullable InetAddress peer;
    /** What {@code X-Forwarded-For} claims. */
    final @Nullable InetAddress claimed;
    /** Whether the peer is a trusted proxy. */
    final boolean proxied;

    private Caller caller = Caller.ANYONE;
    private @Nullable DeskEntry entry;

    Visit(
            ServerHttpRequest request,
            ServerHttpResponse response,
            DevicePath path,
            TenantRules rules,
            Instant now,
            @Nullable InetAddress claimed,
            boolean proxied) {
        this.request = request;
        this.response = response;
        this.headers = request.getHeaders();
        this.method = request.getMethod();
        this.path = path;
        this.rules = rules;
        this.now = now;
        this.peer = peerOf(request);
        this.claimed = claimed;
        this.proxied = proxied;
    }

    static @Nullable InetAddress peerOf(ServerHttpRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        return remote == null ? null : remote.getAddress();
    }

    String deviceId() {
        return path.device();
    }

    /** Refuses with 400 what cannot be a device id. */
    DeviceId newDeviceId() {
        return new DeviceId(path.device());
    }

    Caller caller() {
        return caller;
    }

    void admit(Caller as) {
        caller = as;
    }

    /** What the desk knows of the device, or null. */
    @Nullable
    DeskEntry entry() {
        return entry;
    }

    void meet(@Nullable DeskEntry known) {
        entry = known;
    }

    /** The device, which every route but two must already know (404). */
    DeskEntry device() {
        DeskEntry known = entry;
        if (known == null) {
            throw DdiFailure.entityNotFound("There is no device '" + path.device() + "'.");
        }
        return known;
    }

    /** The address to remember, as registries write it. */
    String addressUri() {
        return ClientAddress.uri(address(), rules.settings().trackAddress());
    }

    /** The device's address: the peer's, or what a trusted proxy says. */
    @Nullable
    InetAddress address() {
        return proxied && claimed != null ? claimed : peer;
    }

    boolean isGet() {
        return method == HttpMethod.GET || HttpMethod.GET.equals(method);
    }

    boolean isHead() {
        return HttpMethod.HEAD.equals(method);
    }

    /** A query parameter's raw first value; null when absent, empty when without a value. */
    @Nullable
    String query(String name) {
        String query = request.getURI().getRawQuery();
        if (query == null) {
            return null;
        }
        for (int from = 0; from <= query.length(); ) {
            int amp = query.indexOf('&', from);
            int end = amp < 0 ? query.length() : amp;
            if (query.startsWith(name, from) && from + name.length() <= end) {
                int at = from + name.length();
                if (at == end) {
                    return "";
                }
                if (query.charAt(at) == '=') {
                    return query.substring(at + 1, end);
                }
            }
            from = end + 1;
        }
        return null;
    }

    /** A query parameter that is a signed 32-bit integer; null when absent or empty, else 400. */
    @Nullable
    Integer queryInt(String name) {
        String text = query(name);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Integer.valueOf(DevicePath.decoded(text));
        } catch (NumberFormatException e) {
            throw DdiFailure.notReadable("The parameter " + name + " is no integer.");
        }
    }
}
