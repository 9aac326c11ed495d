package dev.muster.lab.wire;

import dev.muster.identity.Caller;
import dev.muster.kernel.Ids;
import dev.muster.lab.Board;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequestEvent.Wish;
import dev.muster.lab.Reservation;
import dev.muster.lab.ReservationId;
import dev.muster.lab.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Queued requests (contract §4). */
final class RequestRoutes {

    private static final int PRIORITY_MAX = 1000;
    private static final int LIST_MAX = 1000;

    private final BitelabPorts ports;
    private final BitelabSettings settings;
    private final BoardRoutes boards;
    private final RequestJson json;

    RequestRoutes(BitelabPorts ports, BitelabSettings settings, BoardRoutes boards) {
        this.ports = ports;
        this.settings = settings;
        this.boards = boards;
        this.json = new RequestJson(ports);
    }

    Mono<Void> queue(Visit visit, Members body) {
        Caller caller = visit.caller();
        ReservationId id = new ReservationId(boards.id(visit));
        Selector selector = new Selector(body.board("board"), body.text("class"), body.texts("tags"));
        if (selector.board() == null
                && selector.brdclass() == null
                && selector.tags().isEmpty()) {
            throw WireFailure.badValue("Say which board: 'board', 'class' or 'tags'.");
        }
        Duration duration = body.duration("duration");
        Duration wait = body.duration("wait");
        Instant until =
                wait == null ? body.time("until") : ports.clock().instant().plus(wait);
        Wish wish = new Wish(
                caller.person(),
                selector,
                body.number("priority", -PRIORITY_MAX, PRIORITY_MAX),
                duration == null ? null : duration.toSeconds(),
                body.time("earliest"),
                until,
                body.text("purpose"),
                body.texts("context"),
                body.keys("sshpubkey"),
                body.powerWish(),
                body.flag("keepalive") ? Boolean.TRUE : null);
        return ports.orders().queue(wish, id, caller).flatMap(request -> {
            visit.response.getHeaders().set(HttpHeaders.LOCATION, settings.prefix() + "/reservations/" + request.id());
            return Answers.json(visit, 202, json.of(request, caller));
        });
    }

    Mono<Void> all(Visit visit) {
        Query query = visit.query();
        boolean mine = "true".equals(query.last("mine"));
        String state = query.last("state");
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        ports.requests().all().stream()
                .filter(each -> !mine || RequestJson.isOwn(each, visit.caller()))
                .filter(each -> state == null || each.state().wireName().equals(state))
                .limit(LIST_MAX)
                .forEach(each -> all.add(json.of(each, visit.caller())));
        return Answers.json(visit, 200, all);
    }

    /** With {@code wait} the answer comes when the request's state is another one, or the wait is over. */
    Mono<Void> one(Visit visit) {
        ReservationId id = id(visit);
        LabRequest known = ports.requests().find(id);
        if (known == null) {
            return Answers.json(visit, 200, direct(id));
        }
        String wait = visit.query().last("wait");
        Duration asked = wait == null ? Duration.ZERO : Durations.read("wait", wait);
        Duration waitMax = asked.compareTo(settings.waitMax()) > 0 ? settings.waitMax() : asked;
        if (waitMax.isZero() || known.state().isOver()) {
            return Answers.json(visit, 200, json.of(known, visit.caller()));
        }
        return ports.requests()
                .when(id, each -> each.state() != known.state(), waitMax)
                .switchIfEmpty(Mono.fromSupplier(() -> latest(id, known)))
                .flatMap(request -> Answers.json(visit, 200, json.of(request, visit.caller())));
    }

    private LabRequest latest(ReservationId id, LabRequest known) {
        LabRequest latest = ports.requests().find(id);
        return latest == null ? known : latest;
    }

    /** Reservations that were made at once never were in the queue; they have an id all the same. */
    private ObjectNode direct(ReservationId id) {
        for (Board board : ports.boards().all()) {
            Reservation reservation = board.reservation();
            if (reservation != null && reservation.id().equals(id)) {
                return json.direct(board, reservation);
            }
        }
        throw unknown();
    }

    Mono<Void> cancel(Visit visit) {
        return ports.orders().cancel(id(visit), visit.caller()).then(Mono.defer(() -> Answers.empty(visit)));
    }

    private static ReservationId id(Visit visit) {
        UUID id = Ids.read(visit.route().name());
        if (id == null) {
            throw unknown();
        }
        return new ReservationId(id);
    }

    private static dev.muster.kernel.Refused unknown() {
        return LabRefusal.NO_SUCH_RESERVATION.because("There is no such reservation.");
    }
}
