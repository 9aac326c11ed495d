package dev.muster.lab.wire;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.lab.Board;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.EtherPorts;
import dev.muster.lab.Power;
import dev.muster.lab.Reservation;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Boards as lab clients read them (contract §4). What a reservation's script made, the context and the keys of it are
 * for the holder and for administrators of the lab.
 */
final class BoardJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final BitelabPorts ports;

    BoardJson(BitelabPorts ports) {
        this.ports = ports;
    }

    /** @param reader who will read it; null: nobody in particular */
    ObjectNode of(Board board, @Nullable Caller reader) {
        BoardDefinition definition = board.definition();
        ObjectNode json = NODES.objectNode()
                .put("name", board.name().value())
                .put("brdclass", definition.brdclass())
                .put("state", board.state().wireName())
                .put("reserved", board.state().isTaken());
        json.set("attrs", attrs(board, reader));
        if (board.reservation() != null) {
            json.set("reservation", reservation(board, board.reservation(), reader));
        }
        json.set("class", texts(definition.attributes()));
        json.set("tags", texts(definition.tags()));
        if (definition.pool() != null) {
            json.put("pool", definition.pool());
        }
        json.put("default_duration", definition.defaultSeconds()).put("max_duration", definition.maxSeconds());
        if (board.degraded() != null) {
            json.put("degraded", board.degraded());
        }
        if (board.note() != null) {
            json.put("note", board.note());
        }
        if (board.fault() != null && isAdmin(reader)) {
            json.put("fault", board.fault());
        }
        return json;
    }

    ObjectNode attrs(Board board, @Nullable Caller reader) {
        BoardDefinition definition = board.definition();
        ObjectNode attrs = NODES.objectNode();
        // First what the script says, so that it cannot say anything else about what is known better here.
        if (isPrivy(board, reader)) {
            new TreeMap<>(board.environment().attrs())
                    .forEach((name, value) -> attrs.set(name, Members.JSON.valueToTree(value)));
        }
        if (definition.power().isPresent()) {
            attrs.set("power", power(board.power()));
        }
        EtherPorts.Ether ether = definition.ether().isPresent() ? ports.ethers().of(definition) : null;
        if (ether != null) {
            attrs.put("iface", ether.iface()).put("carrier", ether.carrier());
        }
        attrs.put("console", definition.console().isPresent());
        return attrs;
    }

    /** True, false, or null for what is not known. */
    static tools.jackson.databind.JsonNode power(Power power) {
        return switch (power) {
            case ON -> NODES.booleanNode(true);
            case OFF -> NODES.booleanNode(false);
            case UNKNOWN -> NODES.nullNode();
        };
    }

    private ObjectNode reservation(Board board, Reservation reservation, @Nullable Caller reader) {
        ObjectNode json = NODES.objectNode()
                .put("id", reservation.id().toString())
                .put("user", ports.names().of(reservation.holder()));
        if (board.since() != null) {
            json.put("since", board.since().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        json.put(
                "expires",
                reservation.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString());
        if (reservation.purpose() != null) {
            json.put("purpose", reservation.purpose());
        }
        if (reservation.endsInSilence()) {
            json.put("keepalive", true);
        }
        if (isPrivy(board, reader)) {
            json.set("context", texts(reservation.context()));
            json.put("sshpubkey", String.join("\n", reservation.sshKeys()));
            ObjectNode shares = json.putObject("shares");
            board.shares().forEach((with, mode) -> shares.put(ports.names().of(with), mode.wireName()));
        }
        return json;
    }

    private static boolean isPrivy(Board board, @Nullable Caller reader) {
        if (reader == null || board.reservation() == null) {
            return false;
        }
        return board.reservation().holder().equals(reader.person()) || isAdmin(reader);
    }

    private static boolean isAdmin(@Nullable Caller reader) {
        return reader != null && reader.may(Permission.LAB_ADMIN);
    }

    static ObjectNode texts(Map<String, String> texts) {
        ObjectNode json = NODES.objectNode();
        new TreeMap<>(texts).forEach(json::put);
        return json;
    }
}
