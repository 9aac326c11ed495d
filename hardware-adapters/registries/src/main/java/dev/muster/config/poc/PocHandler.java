package dev.muster.config.poc;

import dev.muster.kernel.Refused;
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
 * The configuration server of the registries proof of concept behind one door. It stands in front of the web framework
 * because its manners are another framework's, and because fleets poll here. The order of judgement is: path, method,
 * credentials, body, fields, agent.
 */
public final class PocHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PocHandler.class);

    private final PocPorts ports;
    private final Trust trust;
    private final Bodies bodies;
    private final AgentRoutes agents;
    private final PollRoute poll;
    private final TargetRoutes target;
    private final PollCounts counts = new PollCounts();

    public PocHandler(PocPorts ports, PocSettings settings) {
        this.ports = ports;
        this.trust = new Trust(ports);
        this.bodies = new Bodies(settings);
        Orders orders = new Orders(ports, settings);
        Held.Newest held = new Held.Newest(ports.target());
        this.agents = new AgentRoutes(ports, settings, bodies, orders);
        this.poll = new PollRoute(ports, settings, bodies, orders, held, counts);
        this.target = new TargetRoutes(settings, bodies, orders, held);
    }

    /** How polls were answered, whichever door they came through. */
    public PollCounts counts() {
        return counts;
    }

    /**
     * A door of the one house.
     *
     * @param base what stands before all paths, like {@code /registries}; empty for nothing
     */
    public Door at(String base) {
        return new Door(new Paths(base), new Pages(base));
    }

    /** One place where the wire is mounted. */
    public final class Door implements HttpHandler {

        private final Paths paths;
        private final Pages pages;

        private Door(Paths paths, Pages pages) {
            this.paths = paths;
            this.pages = pages;
        }

        /** True for all that this wire answers, with a no if need be; all other paths are somebody else's. */
        public boolean serves(ServerHttpRequest request) {
            return paths.serves(request.getURI().getRawPath());
        }

        /** Answers a request that {@link #serves}. Every failure is answered too. */
        @Override
        public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
            Visit visit = new Visit(request, response, ports.peers().clientOf(request));
            Mono<Void> answer;
            try {
                answer = received(visit);
            } catch (RuntimeException e) {
                answer = Mono.error(e);
            }
            Mono<Void> all = answer.onErrorResume(e -> refused(visit, e));
            // The body of an answer to HEAD is never written, which would leave its status unsent: each would be 200.
            Mono<Void> sent = visit.is(HttpMethod.HEAD) ? all.then(Mono.defer(response::setComplete)) : all;
            return sent.doFinally(end -> bodies.letGo(visit));
        }

        private Mono<Void> received(Visit visit) {
            String path = visit.request.getURI().getRawPath();
            Paths.Found found = paths.find(path);
            if (found == null) {
                String corrected = paths.corrected(path);
                return corrected == null
                        ? Mono.error(PocFailure.notFound())
                        : Answers.redirect(visit, absolute(visit, corrected));
            }
            Route route = found.route();
            if (!route.takes(visit.method)) {
                return Mono.error(PocFailure.methodNotAllowed(route.allow));
            }
            return trust.admit(visit, route).then(Mono.defer(() -> go(visit, found)));
        }

        private Mono<Void> go(Visit visit, Paths.Found found) {
            return switch (found.route()) {
                case REGISTER -> agents.register(visit);
                case POLL -> poll.go(visit);
                case STATE -> agents.state(visit, found.argument());
                case TARGET -> target.go(visit);
                case DOCS -> Answers.page(visit, pages.docs);
                case OPENAPI -> Answers.json(visit, pages.openApi);
            };
        }

        /** The same URL with another path, as the client knows it; only a path when it does not say where it is. */
        private String absolute(Visit visit, String path) {
            String host = visit.headers.getFirst(HttpHeaders.HOST);
            String query = visit.request.getURI().getRawQuery();
            String target = query == null ? path : path + "?" + query;
            return host == null || host.isBlank()
                    ? target
                    : (ports.peers().isSecure(visit.request) ? "https://" : "http://") + host + target;
        }
    }

    private static Mono<Void> refused(Visit visit, Throwable failure) {
        // An agent that gave up is no fault, and nobody is left to answer.
        if (AbortedException.isConnectionReset(failure) || isGone(visit.response)) {
            return Mono.empty();
        }
        PocFailure answer = PocFailure.of(failure);
        if (answer.status() >= 500 && Refused.in(failure).isEmpty() && !(failure instanceof PocFailure)) {
            LOG.warn("{} {} failed", visit.method, visit.request.getURI().getRawPath(), failure);
        }
        return Answers.failure(visit, answer);
    }

    /** Whether the connection is closed: then whatever failed may have failed for that. */
    private static boolean isGone(ServerHttpResponse response) {
        return ServerHttpResponseDecorator.getNativeResponse(response) instanceof Connection connection
                && !connection.channel().isActive();
    }

    /** Bytes of bodies that are held at the moment. */
    long bytesHeld() {
        return bodies.taken();
    }

    /** Polls that are known by their bytes. */
    int pollsRemembered() {
        return poll.remembered();
    }
}
