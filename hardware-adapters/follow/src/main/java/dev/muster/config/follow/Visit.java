package dev.muster.config.follow;

import dev.muster.config.RegistryId;
import dev.muster.identity.Caller;
import dev.muster.kernel.Provenance;
import dev.muster.registry.DeviceId;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** One request on its way through the house: what came, what it is about, who came. */
final class Visit {

    private static final int HEADER_LENGTH_MAX = 256;
    private static final String WAIT = "wait=";

    final ServerHttpRequest request;
    final ServerHttpResponse response;
    final HttpHeaders headers;
    final DeviceId device;
    final RegistryId registry;

    Visit(ServerHttpRequest request, ServerHttpResponse response, FollowPath path) {
        this.request = request;
        this.response = response;
        this.headers = request.getHeaders();
        this.device = new DeviceId(path.device());
        this.registry = new RegistryId(path.account(), path.name());
    }

    /**
     * As whom somebody was let in.
     *
     * @param actor as the audit names them
     * @param caller whose token of this server it was; null for the device itself
     */
    record Guest(String actor, @Nullable Caller caller) {}

    boolean is(HttpMethod method) {
        return request.getMethod().equals(method);
    }

    boolean wantsStream() {
        String accept = headers.getFirst(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("text/event-stream");
    }

    /** Whether the device says that it has this already. */
    boolean knows(String tag) {
        String known = headers.getFirst(HttpHeaders.IF_NONE_MATCH);
        if (known == null) {
            return false;
        }
        // A tag has letters and digits only, so it stands in quotes of its own or it is another one.
        int at = known.indexOf(tag);
        int end = at + tag.length();
        return at > 0 && known.charAt(at - 1) == '"' && end < known.length() && known.charAt(end) == '"';
    }

    /** For how long it would wait for news; zero when it did not say. */
    Duration waits(Duration max) {
        String query = request.getURI().getRawQuery();
        if (query == null) {
            return Duration.ZERO;
        }
        for (String pair : query.split("&", 100)) {
            if (pair.startsWith(WAIT)) {
                Duration asked = seconds(pair.substring(WAIT.length()));
                return asked.compareTo(max) > 0 ? max : asked;
            }
        }
        return Duration.ZERO;
    }

    /** {@code 30s} or {@code 30}. */
    private static Duration seconds(String text) {
        String digits = text.endsWith("s") ? text.substring(0, text.length() - 1) : text;
        boolean number =
                !digits.isEmpty() && digits.length() <= 6 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            throw FollowFailure.invalid("'wait' is a number of seconds such as 30s.");
        }
        return Duration.ofSeconds(Long.parseLong(digits));
    }

    /** What an order of the guest carries. */
    Map<String, String> provenance(Guest guest, @Nullable InetAddress address) {
        Caller caller = guest.caller();
        if (caller != null) {
            return caller.provenance();
        }
        Map<String, String> provenance = circumstances(address);
        provenance.put(Provenance.ACTOR, guest.actor());
        return provenance;
    }

    /** What is known of the request before anyone knows who sent it. */
    Map<String, String> circumstances(@Nullable InetAddress address) {
        Map<String, String> provenance = HashMap.newHashMap(4);
        if (address != null) {
            provenance.put(Provenance.ADDRESS, address.getHostAddress());
        }
        String trace = headers.getFirst("traceparent");
        if (trace != null && trace.length() <= HEADER_LENGTH_MAX) {
            provenance.put(Provenance.TRACEPARENT, trace);
        }
        return provenance;
    }
}
