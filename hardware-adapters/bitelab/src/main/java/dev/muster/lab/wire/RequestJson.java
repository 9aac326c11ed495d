package dev.muster.lab.wire;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.lab.Board;
import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequestEvent.Wish;
import dev.muster.lab.Reservation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Queued requests as lab clients read them. Context and keys are for the owner and for administrators of the lab. */
final class RequestJson {

    private final BitelabPorts ports;

    RequestJson(BitelabPorts ports) {
        this.ports = ports;
    }

    ObjectNode of(LabRequest request, Caller reader) {
        Wish wish = request.wish();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", request.id().toString())
                .put("user", ports.names().of(wish.holder()))
                .put("state", request.state().wireName())
                .put("position", ports.requests().placeOf(request.id()))
                .put("priority", wish.priority());
        ObjectNode selector = json.putObject("selector");
        if (wish.selector().board() != null) {
            selector.put("board", wish.selector().board().value());
        }
        if (wish.selector().brdclass() != null) {
            selector.put("class", wish.selector().brdclass());
        }
        selector.set("tags", BoardJson.texts(wish.selector().tags()));
        if (wish.seconds() != null) {
            json.put("duration", wish.seconds());
        }
        put(json, "earliest", wish.earliest());
        put(json, "until", wish.until());
        if (wish.purpose() != null) {
            json.put("purpose", wish.purpose());
        }
        if (request.board() != null) {
            json.put("board", request.board().value());
        }
        if (request.code() != null) {
            json.put("code", request.code().substring(request.code().indexOf('.') + 1));
        }
        if (request.message() != null) {
            json.put("error", request.message());
        }
        put(json, "queued", request.queuedAt());
        put(json, "changed", request.changedAt());
        if (isOwn(request, reader) || reader.may(Permission.LAB_ADMIN)) {
            json.set("context", BoardJson.texts(wish.context()));
            json.put("sshpubkey", String.join("\n", wish.sshKeys()));
        }
        return json;
    }

    /** A reservation that came without a request, in the same shape. */
    ObjectNode direct(Board board, Reservation reservation) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", reservation.id().toString())
                .put("user", ports.names().of(reservation.holder()))
                .put("state", LabRequest.State.FULFILLED.wireName())
                .put("position", 0)
                .put("board", board.name().value());
        put(json, "queued", board.since());
        put(json, "changed", board.changedAt());
        return json;
    }

    static boolean isOwn(LabRequest request, Caller reader) {
        return request.wish().holder().equals(reader.person());
    }

    private static void put(ObjectNode json, String name, @Nullable Instant at) {
        if (at != null) {
            json.put(name, at.truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }
}
