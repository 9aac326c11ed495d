package dev.muster.lab.wire;

import dev.muster.identity.Caller;
import dev.muster.kernel.Ids;
import dev.muster.lab.Board;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.LabOrders;
import dev.muster.lab.LabOrders.ReserveOrder;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.PowerAction;
import dev.muster.lab.ReservationId;
import dev.muster.lab.Selector;
import dev.muster.lab.ShareMode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What can be asked about boards and done to them (contract §4). */
final class BoardRoutes {

    private static final Pattern KEY = Pattern.compile("[\\x20-\\x7e]{1,255}");
    /** What a board's attributes may have beside the script's own, all of them only to be read but for the first. */
    private static final Set<String> ATTRS = Set.of("power", "iface", "carrier", "console");

    private final BitelabPorts ports;
    private final BitelabSettings settings;
    private final LabOrders orders;
    private final BoardJson json;

    BoardRoutes(BitelabPorts ports, BitelabSettings settings, BoardJson json) {
        this.ports = ports;
        this.settings = settings;
        this.orders = ports.orders();
        this.json = json;
    }

    Mono<Void> classes(Visit visit) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(ports.boards().classes())
                .forEach((name, known) -> all.set(
                        name,
                        BoardJson.texts(known.attributes())
                                .put("total", known.total())
                                .put("free", known.free())));
        return Answers.json(visit, 200, all);
    }

    Mono<Void> all(Visit visit) {
        Query query = visit.query();
        Map<String, String> tags = new TreeMap<>();
        for (String tag : query.all("tag")) {
            int equals = tag.indexOf('=');
            if (equals < 1) {
                throw WireFailure.badValue("A tag is asked for as tag=name=value.");
            }
            tags.put(tag.substring(0, equals), tag.substring(equals + 1));
        }
        Selector selector = new Selector(null, query.last("class"), tags);
        BoardState state = state(query.last("state"));
        boolean mine = "true".equals(query.last("mine"));
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        for (Board board : ports.boards().all()) {
            boolean wanted = selector.fits(board.definition())
                    && (state == null || state == board.state())
                    && (!mine || board.isHeldBy(visit.caller().person()));
            if (wanted) {
                all.set(board.name().value(), json.of(board, visit.caller()));
            }
        }
        return Answers.json(visit, 200, all);
    }

    private static @Nullable BoardState state(@Nullable String text) {
        if (text == null) {
            return null;
        }
        for (BoardState each : BoardState.values()) {
            if (each.wireName().equals(text)) {
                return each;
            }
        }
        throw WireFailure.badValue("A board is free, preparing, reserved, releasing, faulty or maintenance.");
    }

    Mono<Void> one(Visit visit) {
        return Answers.json(visit, 200, json.of(board(visit), visit.caller()));
    }

    Mono<Void> attrs(Visit visit) {
        return Answers.json(visit, 200, json.attrs(board(visit), visit.caller()));
    }

    /** Sets what can be set: the power. */
    Mono<Void> set(Visit visit, Members body) {
        Board board = board(visit);
        PowerAction action = null;
        for (Map.Entry<String, JsonNode> each : body.object().properties()) {
            if (!ATTRS.contains(each.getKey()) && !board.environment().attrs().containsKey(each.getKey())) {
                throw LabRefusal.UNKNOWN_ATTR.because("A board has no attribute '" + shown(each.getKey()) + "'.");
            }
            if (!each.getKey().equals("power")) {
                throw WireFailure.badValue("'" + each.getKey() + "' can only be read.");
            }
            action = powerAction(each.getValue());
        }
        if (action == null) {
            throw WireFailure.badValue("There is nothing to set.");
        }
        return answer(visit, orders.power(board.name(), action, visit.caller()));
    }

    private static PowerAction powerAction(JsonNode value) {
        if (value.isBoolean()) {
            return value.asBoolean() ? PowerAction.ON : PowerAction.OFF;
        }
        if (value.isString() && value.asString().length() <= 10) {
            return PowerAction.named(value.asString());
        }
        throw WireFailure.badValue("'power' is true or false.");
    }

    private static String shown(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }

    /** A board by its name or, if none has it, any of the class. With {@code wait} it queues and may answer 202. */
    Mono<Void> reserve(Visit visit, Members body) {
        Caller caller = visit.caller();
        ReservationId id = new ReservationId(id(visit));
        Duration patience = body.duration("wait");
        if (patience != null && patience.compareTo(settings.waitMax()) > 0) {
            patience = settings.waitMax();
        }
        ReserveOrder order = new ReserveOrder(
                id,
                selector(visit.route().name()),
                0,
                body.duration("duration"),
                patience,
                body.text("purpose"),
                body.texts("context"),
                body.keys("sshpubkey"),
                body.powerWish(),
                body.flag("keepalive"));
        return orders.reserve(order, caller)
                .map(board -> Answers.json(visit, 200, json.of(board, caller)))
                .switchIfEmpty(Mono.fromSupplier(() -> queued(visit, id)))
                .flatMap(answer -> answer);
    }

    private Mono<Void> queued(Visit visit, ReservationId id) {
        visit.response.getHeaders().set(HttpHeaders.LOCATION, settings.prefix() + "/reservations/" + id);
        var request = ports.requests().find(id);
        return Answers.json(
                visit,
                202,
                request == null
                        ? JsonNodeFactory.instance.objectNode().put("id", id.toString())
                        : new RequestJson(ports).of(request, visit.caller()));
    }

    /** With {@code Idempotency-Key} the one that the same person's same key had the first time. */
    UUID id(Visit visit) {
        String key = visit.headers.getFirst("Idempotency-Key");
        if (key == null) {
            return Ids.next(ports.clock());
        }
        if (!KEY.matcher(key).matches()) {
            throw WireFailure.badValue("An Idempotency-Key has 1 to 255 printable ASCII characters.");
        }
        return Ids.named(visit.caller().person(), key);
    }

    private Selector selector(String name) {
        if (BoardName.isName(name)) {
            if (ports.boards().find(new BoardName(name)) != null) {
                return Selector.of(new BoardName(name));
            }
            if (ports.boards().classes().containsKey(name)) {
                return Selector.ofClass(name);
            }
        }
        throw LabRefusal.NO_SUCH_BOARD.because("There is no board and no class '" + shown(name) + "'.");
    }

    Mono<Void> release(Visit visit) {
        return answer(visit, orders.release(board(visit).name(), visit.caller()));
    }

    Mono<Void> power(Visit visit) {
        PowerAction action = PowerAction.named(visit.route().word());
        return answer(visit, orders.power(board(visit).name(), action, visit.caller()));
    }

    Mono<Void> extend(Visit visit, Members body) {
        BoardName name = board(visit).name();
        Duration duration = body.duration("duration");
        if (duration == null || duration.isZero()) {
            throw WireFailure.badValue("'duration' is missing.");
        }
        return answer(visit, orders.extend(name, duration, visit.caller()));
    }

    Mono<Void> share(Visit visit, Members body) {
        BoardName name = board(visit).name();
        String user = body.required("user");
        String with = ports.users().personOf(user);
        if (with == null) {
            throw WireFailure.badValue("Nobody is called '" + shown(user) + "'.");
        }
        String mode = body.text("mode");
        return answer(visit, orders.share(name, with, mode == null ? null : ShareMode.named(mode), visit.caller()));
    }

    Mono<Void> kick(Visit visit) {
        return answer(visit, orders.kick(board(visit).name(), visit.caller()));
    }

    Mono<Void> maintain(Visit visit, Members body) {
        BoardName name = board(visit).name();
        String note = body.text("note");
        return answer(visit, orders.maintain(name, note == null ? "" : note, body.flag("force"), visit.caller()));
    }

    Mono<Void> giveBack(Visit visit) {
        return answer(visit, orders.giveBack(board(visit).name(), visit.caller()));
    }

    Mono<Void> reload(Visit visit) {
        return orders.reload(visit.caller())
                .flatMap(configuration -> Answers.json(
                        visit,
                        200,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("boards", configuration.boards().size())
                                .put("classes", configuration.classes().size())));
    }

    /** The board of the path. Refuses names nobody has. */
    Board board(Visit visit) {
        String name = visit.route().name();
        Board board = boardOrNull(name);
        if (board == null) {
            throw LabRefusal.NO_SUCH_BOARD.because("There is no board '" + shown(name) + "'.");
        }
        return board;
    }

    @Nullable
    Board boardOrNull(String name) {
        return BoardName.isName(name) ? ports.boards().find(new BoardName(name)) : null;
    }

    private Mono<Void> answer(Visit visit, Mono<Board> order) {
        return order.flatMap(board -> Answers.json(visit, 200, json.of(board, visit.caller())));
    }
}
