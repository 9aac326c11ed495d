package dev.muster.updates.ddi;

import dev.muster.kernel.Refused;
import dev.muster.updates.UpdateSettings.External;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.channel.AbortedException;

/**
 * The whole of DDI v1 behind one door. It stands in front of the web framework, because a fleet's polls are most of
 * what this server ever hears: path, credentials and answer are settled by scanning, from memory, without filters.
 * The order of judgement is: path, flood, tenant, credentials, route, then the route's own checks.
 */
public final class DdiHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(DdiHandler.class);

    private final Desk desk;
    private final Wires wires;
    private final DdiSettings settings;
    private final DdiMetrics metrics;
    private final Clock clock;
    private final FloodFilter flood;
    private final AddressRanges proxies;
    private final OutsideTrust outside;
    private final Routes routes;

    public DdiHandler(Desk desk, DdiPorts ports, DdiSettings settings, DdiMetrics metrics) {
        this.desk = desk;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = ports.clock();
        this.wires = new Wires(desk, ports, settings, metrics);
        this.flood = new FloodFilter(settings);
        this.proxies = new AddressRanges(settings.trustedProxies());
        this.outside = new OutsideTrust(settings, clock);
        this.routes = new Routes(wires);
    }

    /** True for {@code /{tenant}/controller/v1/…}; all other paths are somebody else's. */
    public boolean serves(ServerHttpRequest request) {
        return DevicePath.serves(request.getURI().getRawPath());
    }

    /** Answers a request that {@link #serves}. Every failure is answered too. */
    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        Mono<Void> answer;
        try {
            answer = received(request, response);
        } catch (RuntimeException e) {
            return refused(request, response, e);
        }
        return answer.onErrorResume(e -> refused(request, response, e));
    }

    private Mono<Void> received(ServerHttpRequest request, ServerHttpResponse response) {
        DevicePath path = DevicePath.of(request.getURI().getRawPath());
        Instant now = clock.instant();
        InetAddress peer = Visit.peerOf(request);
        InetAddress claimed = ClientAddress.forwarded(request.getHeaders().getFirst("X-Forwarded-For"));
        HttpMethod method = request.getMethod();
        boolean read = HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
        switch (flood.judge(peer, claimed, read, now.toEpochMilli())) {
            case PASS -> {}
            case FLOODED -> {
                metrics.floodRefused();
                throw DdiFailure.flooded();
            }
            case BLACK_LISTED -> {
                metrics.floodRefused();
                throw DdiFailure.forbidden();
            }
        }
        if (path.tenant().isEmpty() || path.device().isEmpty()) {
            throw DdiFailure.notFound();
        }
        if (!path.tenant().equalsIgnoreCase(settings.tenant())) {
            metrics.authRefused();
            throw DdiFailure.unauthorized();
        }
        Visit visit = new Visit(request, response, path, desk.rules(), now, claimed, proxies.contains(peer));
        Mono<Void> pending = wires.orders.pending(path.device());
        return pending == null ? judged(visit) : pending.then(Mono.defer(() -> judged(visit)));
    }

    private Mono<Void> judged(Visit visit) {
        visit.meet(desk.find(visit.deviceId()));
        Caller caller = wires.gate.judge(visit);
        if (caller != null) {
            return admitted(visit, caller);
        }
        String token = wires.gate.forOutside(visit);
        External service = visit.rules.settings().external();
        if (token != null && service != null) {
            return outside.accepts(service, token, visit.deviceId())
                    .flatMap(yes -> admitted(visit, yes ? Caller.TRUSTED : null));
        }
        return admitted(visit, null);
    }

    private Mono<Void> admitted(Visit visit, @Nullable Caller caller) {
        if (caller == null) {
            String rest = visit.path.rest();
            if (rest == null || !visit.rules.settings().openDownloads() || !Routes.isDownload(rest)) {
                metrics.authRefused();
                throw DdiFailure.unauthorized();
            }
            return routes.go(visit);
        }
        visit.admit(caller);
        DeskEntry entry = visit.entry();
        if (entry == null) {
            return routes.go(visit);
        }
        wires.heartbeats.heard(entry.id, visit.now);
        Mono<Void> token = visit.path.rest() == null ? null : wires.arrivals.token(visit);
        return token == null ? routes.go(visit) : token.then(Mono.defer(() -> routes.go(visit)));
    }

    private Mono<Void> refused(ServerHttpRequest request, ServerHttpResponse response, Throwable failure) {
        // A device that hung up is a device's day, not a fault, and nobody is left to answer.
        if (AbortedException.isConnectionReset(failure) || isGone(response)) {
            return Mono.empty();
        }
        DdiFailure answer = DdiFailure.of(failure);
        if (!(failure instanceof DdiFailure) && Refused.in(failure).isEmpty()) {
            LOG.warn("{} {} failed", request.getMethod(), request.getURI().getRawPath(), failure);
        }
        String path = request.getURI().getRawPath();
        if (answer.status() != 304 && path.indexOf('/', path.indexOf("/controller/v1/") + 15) < 0) {
            metrics.polled(PollOutcome.REFUSED);
        }
        return Answers.failure(response, answer);
    }

    /** Whether the connection is closed: then whatever failed may have failed for that, each layer in words of its own. */
    private static boolean isGone(ServerHttpResponse response) {
        return ServerHttpResponseDecorator.getNativeResponse(response) instanceof Connection connection
                && !connection.channel().isActive();
    }
}
