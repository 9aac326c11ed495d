package dev.muster.config.snapd;

import dev.muster.kernel.Provenance;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.channel.AbortedException;

/**
 * The API that a device's own programs know from snapd (contract §3, §4). It has two doors: over TCP below {@code
 * /registries/devices/{id}/v2/} for whoever shows a token, and at {@code /v2/} of a device's socket for whoever could
 * open that. The order of judgement is: path, credentials, method, right, question, registry.
 */
public final class ConfdbHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ConfdbHandler.class);

    private static final String DEVICES = "/registries/devices/";
    private static final String V2 = "/v2/";

    private final ConfdbSettings settings;
    private final Trust trust;
    private final Bodies bodies;
    private final Changes changes;
    private final ViewRoute views;
    private final SnapRoute snaps;

    public ConfdbHandler(ConfdbPorts ports, ConfdbSettings settings) {
        this.settings = settings;
        this.trust = new Trust(ports, settings);
        this.bodies = new Bodies(settings);
        this.changes = new Changes(settings, ports.clock());
        Orders orders = new Orders(ports, settings);
        this.views = new ViewRoute(ports, settings, bodies, orders, changes);
        this.snaps = new SnapRoute(ports, settings, bodies, orders, changes);
    }

    /** True for {@code /registries/devices/{id}/v2/…}; all other paths are somebody else's. */
    public boolean serves(ServerHttpRequest request) {
        return serves(request.getURI().getRawPath());
    }

    static boolean serves(String rawPath) {
        if (!rawPath.startsWith(DEVICES)) {
            return false;
        }
        int end = rawPath.indexOf('/', DEVICES.length());
        return end > DEVICES.length() && rawPath.startsWith(V2, end);
    }

    /** Answers a request that {@link #serves}. Every failure is answered too. */
    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        Visit visit = new Visit(request, response, Manners.OURS, settings.confdb());
        return answered(visit, Mono.defer(() -> {
            String path = request.getURI().getRawPath();
            int end = path.indexOf('/', DEVICES.length());
            visit.concerns(device(path.substring(DEVICES.length(), end)));
            Target target = visit.lead(path.substring(end + V2.length()));
            return trust.admit(visit).then(Mono.defer(() -> go(visit, target)));
        }));
    }

    private static DeviceId device(String segment) {
        try {
            return new DeviceId(UriUtils.decode(segment, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            throw ConfdbFailure.badRequest("The path is malformed.");
        }
    }

    /** The same for whoever could open a device's socket. */
    HttpHandler at(DeviceSocket socket) {
        String actor = "device:" + socket.device();
        return (request, response) -> {
            Visit visit = new Visit(request, response, Manners.SNAPD, socket.confdb());
            return answered(visit, Mono.defer(() -> {
                String path = request.getURI().getRawPath();
                if (!path.startsWith(V2)) {
                    throw ConfdbFailure.notFound("There is nothing under this path.");
                }
                visit.concerns(socket.device());
                Target target = visit.lead(path.substring(V2.length()));
                Map<String, String> provenance = visit.circumstances(null);
                provenance.put(Provenance.ACTOR, actor);
                visit.admit(new Guest(actor, null, provenance));
                return go(visit, target);
            }));
        };
    }

    private Mono<Void> answered(Visit visit, Mono<Void> answer) {
        return answer.onErrorResume(failure -> refused(visit, failure)).doFinally(end -> bodies.forget(visit));
    }

    private Mono<Void> go(Visit visit, Target target) {
        boolean reads = visit.is(HttpMethod.GET);
        boolean writes = visit.is(HttpMethod.PUT);
        return switch (target) {
            case Target.OfView view when reads -> views.read(visit, view);
            case Target.OfView view when writes -> views.write(visit, view);
            case Target.OfSnap snap when reads -> snaps.read(visit, snap);
            case Target.OfSnap snap when writes -> snaps.write(visit, snap);
            case Target.OfChange change when reads -> change(visit, change);
            case Target.OfDelegation delegation
            when visit.is(HttpMethod.POST) ->
                throw ConfdbFailure.badRequest("The feature 'confdb-control' is disabled.");
            default ->
                throw ConfdbFailure.methodNotAllowed(visit.request.getMethod().name(), target.allow());
        };
    }

    private Mono<Void> change(Visit visit, Target.OfChange target) {
        Changes.Change change = changes.find(visit, target.id());
        if (change == null) {
            throw ConfdbFailure.notFound("There is no change '" + target.id() + "'.");
        }
        return Answers.now(visit, change.told());
    }

    private Mono<Void> refused(Visit visit, Throwable failure) {
        // A program that hung up is its own affair, and nobody is left to answer.
        if (AbortedException.isConnectionReset(failure) || isGone(visit.response)) {
            return Mono.empty();
        }
        ConfdbFailure answer = visit.manners.failure(failure, visit.generation());
        if (answer.status() >= 500 && Refused.in(failure).isEmpty() && !(failure instanceof ConfdbFailure)) {
            LOG.warn(
                    "{} {} failed",
                    visit.request.getMethod(),
                    visit.request.getURI().getRawPath(),
                    failure);
        }
        return Answers.failure(visit, answer);
    }

    /** Whether the connection is closed: then whatever failed may have failed for that. */
    private static boolean isGone(ServerHttpResponse response) {
        return ServerHttpResponseDecorator.getNativeResponse(response) instanceof Connection connection
                && !connection.channel().isActive();
    }
}
