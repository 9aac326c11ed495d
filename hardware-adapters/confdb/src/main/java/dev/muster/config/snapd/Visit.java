package dev.muster.config.snapd;

import dev.muster.kernel.Provenance;
import dev.muster.registry.DeviceId;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** One request on its way through the house: by which door it came, what it is about, who came. */
final class Visit {

    private static final int HEADER_LENGTH_MAX = 256;

    final ServerHttpRequest request;
    final ServerHttpResponse response;
    final HttpHeaders headers;
    final Manners manners;
    /** As which generation confdb is answered by this door. */
    final Generation confdb;

    private @Nullable Target target;
    private @Nullable DeviceId device;
    private @Nullable Guest guest;
    private @Nullable Query query;
    private final AtomicLong held = new AtomicLong();

    Visit(ServerHttpRequest request, ServerHttpResponse response, Manners manners, Generation confdb) {
        this.request = request;
        this.response = response;
        this.headers = request.getHeaders();
        this.manners = manners;
        this.confdb = confdb;
    }

    boolean is(HttpMethod method) {
        return request.getMethod().equals(method);
    }

    /** The generation whose words a failure is told in. */
    Generation generation() {
        return target instanceof Target.OfView view ? view.generation() : confdb;
    }

    /**
     * Where it leads; fails with 404 when that is nowhere.
     *
     * @param rawPath behind {@code /v2/}
     */
    Target lead(String rawPath) {
        Target found = Target.find(rawPath, confdb);
        if (found == null) {
            throw ConfdbFailure.notFound("There is nothing under this path.");
        }
        target = found;
        return found;
    }

    void concerns(DeviceId id) {
        device = id;
    }

    DeviceId device() {
        return known(device);
    }

    void admit(Guest who) {
        guest = who;
    }

    Guest guest() {
        return known(guest);
    }

    /** Fails with 400 when it is malformed. */
    Query query() {
        Query read = query;
        if (read == null) {
            read = Query.read(request.getURI().getRawQuery());
            query = read;
        }
        return read;
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

    void holds(int bytes) {
        held.addAndGet(bytes);
    }

    /** How many bytes of its body are still counted; none from now on. */
    long letGo() {
        return held.getAndSet(0);
    }

    private static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("asked before anybody knew");
        }
        return value;
    }
}
