package dev.muster.observe.cos;

import dev.muster.kernel.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.channel.AbortedException;

/**
 * The whole of the COS registration server behind one door. It stands in front of the web framework because its
 * manners are another framework's: which slash is missing, who is asked for what first, in which words a no is said.
 * The order of judgement is: host, path, accepted media, credentials, method, object, body, fields.
 */
public final class CosHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(CosHandler.class);

    private final Peers peers;
    private final Paths paths;
    private final Hosts hosts;
    private final Trust trust;
    private final Bodies bodies;
    private final DeviceRoutes devices;
    private final CertificateRoutes certificates;
    private final DocumentRoutes documents;
    private final SchemaRoutes schema;
    private final Pages pages;

    public CosHandler(CosPorts ports, CosSettings settings) {
        this.peers = ports.peers();
        this.paths = new Paths(settings.prefix());
        this.hosts = new Hosts(settings.allowedHosts());
        this.trust = new Trust(ports, settings);
        this.bodies = new Bodies(settings);
        Orders orders = new Orders(ports, settings);
        this.devices = new DeviceRoutes(ports, settings, bodies, orders);
        this.certificates = new CertificateRoutes(ports, settings, bodies, orders, devices);
        this.documents = new DocumentRoutes(ports, settings, bodies, orders);
        this.schema = new SchemaRoutes(settings);
        this.pages = new Pages(ports, settings);
    }

    /** True for all below the prefix; all other paths are somebody else's. */
    public boolean serves(ServerHttpRequest request) {
        return paths.serves(request.getURI().getRawPath());
    }

    /** Answers a request that {@link #serves}. Every failure is answered too. */
    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        String path = request.getURI().getRawPath();
        Visit visit = new Visit(request, response, paths.find(path), peers.clientOf(request));
        Mono<Void> answer;
        try {
            answer = received(visit, path);
        } catch (RuntimeException e) {
            answer = Mono.error(e);
        }
        Mono<Void> all = answer.onErrorResume(e -> refused(visit, e));
        // The body of an answer to HEAD is never written, which would leave its status unsent: every one would be 200.
        Mono<Void> sent = visit.is(HttpMethod.HEAD) ? all.then(Mono.defer(response::setComplete)) : all;
        return sent.doFinally(end -> bodies.room.giveBack(visit.letGo()));
    }

    private Mono<Void> received(Visit visit, String path) {
        if (!hosts.accepts(host(visit))) {
            return Answers.page(visit, 400, Html.BAD_HOST);
        }
        Route route = visit.route;
        if (route == null) {
            String slashed = paths.slashed(path);
            if (slashed != null) {
                String query = visit.request.getURI().getRawQuery();
                return Answers.redirect(visit, 301, query == null ? slashed : slashed + '?' + query);
            }
            return paths.isApi(path) ? Mono.error(CosFailure.notFound()) : Answers.page(visit, 404, Html.NOT_FOUND);
        }
        if (route.target().isPage()) {
            return page(visit, route.target());
        }
        if (route.target() != Target.SCHEMA) {
            visit.render(Rendering.wanted(
                    visit.headers.getOrEmpty(HttpHeaders.ACCEPT), visit.query().last("format")));
        }
        Trust.refusePasswords(visit.headers);
        if (visit.is(HttpMethod.OPTIONS)) {
            return Answers.json(visit, 200, description(route.target()));
        }
        if (!route.target().takes(visit.method)) {
            return Mono.error(CosFailure.methodNotAllowed(visit.method.name()));
        }
        return trust.admit(visit).then(Mono.defer(() -> go(visit, route.target())));
    }

    /** A name in a header can be believed only if a proxy says it that is believed itself. */
    private @Nullable String host(Visit visit) {
        String host = visit.headers.getFirst(HttpHeaders.HOST);
        String forwarded = visit.headers.getFirst("X-Forwarded-Host");
        if (forwarded == null || !Hosts.isHost(host) || !peers.isProxied(visit.request)) {
            return host;
        }
        return forwarded.split(",", 2)[0].strip();
    }

    private Mono<Void> go(Visit visit, Target target) {
        return switch (target) {
            case HEALTH -> Answers.empty(visit, 200);
            case DEVICES -> devices.all(visit);
            case DEVICE -> devices.one(visit);
            case CERTIFICATE -> certificates.go(visit);
            case DOCUMENTS -> documents.all(visit);
            case DOCUMENT -> documents.one(visit);
            case SCHEMA -> schema.document(visit);
            case DOCS, DEVICES_PAGE, DEVICE_PAGE, ADMIN, SIGN_IN -> throw new IllegalStateException("a page");
        };
    }

    private Mono<Void> page(Visit visit, Target target) {
        if (target != Target.DEVICE_PAGE && visit.is(HttpMethod.OPTIONS)) {
            return Answers.empty(visit, 200);
        }
        if (target != Target.DEVICE_PAGE && !visit.reads()) {
            return Answers.empty(visit, 405);
        }
        return trust.admit(visit)
                .then(Mono.defer(() -> target == Target.DOCS ? schema.page(visit) : pages.go(visit, target)))
                .onErrorResume(CosFailure.class, failure -> pages.refused(visit, failure));
    }

    private static byte[] description(Target target) {
        String name = target.name().charAt(0) + target.name().substring(1).toLowerCase(Locale.ROOT);
        return new JsonText()
                .open('{')
                .name("name")
                .text(name)
                .name("description")
                .text("")
                .name("renders")
                .texts(List.of("application/json", "text/html"))
                .name("parses")
                .texts(List.of("application/json", "application/x-www-form-urlencoded"))
                .close('}')
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private Mono<Void> refused(Visit visit, Throwable failure) {
        // An agent gives up after ten seconds: that is its day, not a fault, and nobody is left to answer.
        if (AbortedException.isConnectionReset(failure) || isGone(visit.response)) {
            return Mono.empty();
        }
        CosFailure answer = CosFailure.of(failure);
        if (answer.status() >= 500 && Refused.in(failure).isEmpty() && !(failure instanceof CosFailure)) {
            LOG.warn("{} {} failed", visit.method, visit.request.getURI().getRawPath(), failure);
        }
        return Answers.failure(visit, answer);
    }

    /** Whether the connection is closed: then whatever failed may have failed for that. */
    private static boolean isGone(ServerHttpResponse response) {
        return ServerHttpResponseDecorator.getNativeResponse(response) instanceof Connection connection
                && !connection.channel().isActive();
    }
}
