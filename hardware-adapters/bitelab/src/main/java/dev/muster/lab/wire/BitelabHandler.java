package dev.muster.lab.wire;

import dev.muster.identity.Caller;
import dev.muster.identity.IdentityRefusal;
import dev.muster.kernel.Refused;
import dev.muster.lab.Board;
import dev.muster.lab.BoardName;
import dev.muster.lab.RefusedOrders;
import dev.muster.lab.ReservationId;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lab's whole API for lab clients behind one door. It stands in front of the web framework because its channels
 * take the connection over. The order of judgement is: path, method, token, scope, body, board, order.
 */
public final class BitelabHandler implements HttpHandler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BitelabHandler.class);

    private final BitelabPorts ports;
    private final Peers peers;
    private final Paths paths;
    private final Trust trust;
    private final Bodies bodies;
    private final BoardJson json;
    private final BoardRoutes boards;
    private final RequestRoutes requests;
    private final TokenRoutes tokens;
    private final AuditRoutes audit;
    private final MeterRoutes meters;
    private final ChannelRoutes channels;
    private final ControllerRoute controller;

    public BitelabHandler(BitelabPorts ports, BitelabSettings settings) {
        Upgrades upgrades = new Upgrades(settings);
        this.ports = ports;
        this.peers = ports.peers();
        this.paths = new Paths(settings.prefix());
        this.trust = new Trust(ports);
        this.bodies = new Bodies(settings);
        this.json = new BoardJson(ports);
        this.boards = new BoardRoutes(ports, settings, json);
        this.requests = new RequestRoutes(ports, settings, boards);
        this.tokens = new TokenRoutes(ports, settings);
        this.audit = new AuditRoutes(ports);
        this.meters = new MeterRoutes(ports.meters());
        this.channels = new ChannelRoutes(ports, settings, boards, upgrades);
        this.controller = new ControllerRoute(settings, upgrades, ports.clock());
    }

    /** True for all below the prefix; all other paths are somebody else's. */
    public boolean serves(ServerHttpRequest request) {
        return paths.serves(request.getURI().getRawPath());
    }

    /** Answers a request that {@link #serves}. Every failure is answered too. */
    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        Visit visit = new Visit(request, response, peers.clientOf(request));
        return Mono.defer(() -> received(visit)).onErrorResume(failure -> refused(visit, failure));
    }

    private Mono<Void> received(Visit visit) {
        List<Route> routes = paths.find(visit.request.getURI().getRawPath());
        if (routes.isEmpty()) {
            throw WireFailure.notFound();
        }
        String method = visit.request.getMethod().name();
        Route route = null;
        for (Route each : routes) {
            if (each.target().method.equals(method)) {
                route = each;
            }
        }
        if (route == null) {
            throw WireFailure.methodNotAllowed(String.join(
                    ", ", routes.stream().map(each -> each.target().method).toList()));
        }
        visit.goes(route);
        Target target = route.target();
        return trust.admit(visit)
                .doOnError(failure -> tried(visit, failure))
                .doOnSuccess(admitted -> met(visit))
                .then(Mono.defer(() -> go(visit, target).contextWrite(context -> {
                    Caller caller = visit.callerOrNull();
                    return caller == null ? context : context.put(Caller.class, caller);
                })));
    }

    /** Whoever asks about a board or reservation is there; whose it is, is the listener's affair. */
    private void met(Visit visit) {
        Caller caller = visit.callerOrNull();
        if (caller == null) {
            return;
        }
        String name = visit.route().name();
        UUID id = visit.route().target() == Target.REQUEST ? RequestRoutes.uuidOrNull(name) : null;
        if (id != null) {
            ports.contacts().heard(new ReservationId(id), caller.person());
        } else if (BoardName.isName(name)) {
            ports.contacts().heard(new BoardName(name), caller.person());
        }
    }

    /** An order that the token does not allow goes no further; that somebody tried is on record all the same. */
    private void tried(Visit visit, Throwable failure) {
        Caller caller = visit.callerOrNull();
        String order = visit.route().target().order();
        String on = on(visit.route().name());
        if (caller != null && order != null && on != null && failure instanceof WireFailure refused) {
            ports.refused()
                    .note(
                            order,
                            on,
                            IdentityRefusal.NOT_ALLOWED.because(refused.text()).refusal(),
                            caller);
        }
    }

    /** The target of an order by the name in its path; null when there is nothing of that name. */
    private @Nullable String on(String name) {
        if (name.isEmpty()) {
            return RefusedOrders.ANY_BOARD;
        }
        if (boards.boardOrNull(name) != null) {
            return RefusedOrders.board(name);
        }
        return ports.boards().classes().containsKey(name) ? RefusedOrders.ofClass(name) : null;
    }

    private Mono<Void> go(Visit visit, Target target) {
        return switch (target) {
            case CLASSES -> boards.classes(visit);
            case BOARDS -> boards.all(visit);
            case BOARD -> boards.one(visit);
            case ATTRS -> boards.attrs(visit);
            case SET_ATTRS -> withBody(visit, body -> boards.set(visit, body));
            case RESERVE -> withBody(visit, body -> boards.reserve(visit, body));
            case RELEASE -> boards.release(visit);
            case POWER -> boards.power(visit);
            case EXTEND -> withBody(visit, body -> boards.extend(visit, body));
            case SHARE -> withBody(visit, body -> boards.share(visit, body));
            case KICK -> boards.kick(visit);
            case MAINTENANCE -> withBody(visit, body -> boards.maintain(visit, body));
            case RETURN -> boards.giveBack(visit);
            case RELOAD -> boards.reload(visit);
            case REQUESTS -> requests.all(visit);
            case QUEUE -> withBody(visit, body -> requests.queue(visit, body));
            case REQUEST -> requests.one(visit);
            case CANCEL -> requests.cancel(visit);
            case NEW_TOKEN -> withBody(visit, body -> tokens.renew(visit, body));
            case REVOKE_TOKEN -> tokens.revoke(visit);
            case ISSUE_TOKEN -> withBody(visit, body -> tokens.issue(visit, body));
            case REVOKE_ANY_TOKEN -> tokens.revokeAny(visit);
            case AUDIT -> audit.page(visit);
            case METRICS -> meters.all(visit);
            case SSH -> channels.ssh(visit);
            case EXEC -> channels.exec(visit);
            case CONSOLE -> channels.console(visit);
            case CONTROLLER -> controller.go(visit);
        };
    }

    private Mono<Void> withBody(Visit visit, Function<Members, Mono<Void>> then) {
        return bodies.read(visit).flatMap(then);
    }

    private Mono<Void> refused(Visit visit, Throwable failure) {
        if (AbortedException.isConnectionReset(failure)) {
            return Mono.empty();
        }
        WireFailure answer = WireFailure.of(failure);
        if (answer.status() >= 500 && Refused.in(failure).isEmpty() && !(failure instanceof WireFailure)) {
            LOG.warn(
                    "{} {} failed",
                    visit.request.getMethod(),
                    visit.request.getURI().getRawPath(),
                    failure);
        }
        return Answers.failure(visit, answer, board(visit));
    }

    /** The board that a refusal is about, for those who may see it. */
    private @Nullable ObjectNode board(Visit visit) {
        Caller caller = visit.callerOrNull();
        if (caller == null || !Need.READ.isMetBy(caller)) {
            return null;
        }
        Board board = boards.boardOrNull(visit.route().name());
        return board == null ? null : json.of(board, caller);
    }

    /** How many channels of boards are open. */
    int openChannels() {
        return channels.channels.taken();
    }

    /** Ends all channels. */
    @Override
    public void close() {
        channels.close();
    }
}
