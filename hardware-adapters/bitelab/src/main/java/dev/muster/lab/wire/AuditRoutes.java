package dev.muster.lab.wire;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.lab.BoardName;
import dev.muster.lab.LabAudit.Entry;
import dev.muster.lab.LabAudit.Page;
import dev.muster.lab.LabAudit.Question;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who did what (contract §4). Administrators of the lab read all; everybody else what they did themselves and what was
 * done about their reservations, without the tokens and addresses of others. What setup scripts said is led to, for
 * administrators alone.
 */
final class AuditRoutes {

    private static final int LIMIT_USUAL = 100;
    private static final int LIMIT_MAX = 1000;
    /** What the server does by itself is done by nobody with an account. */
    private static final String SERVER = "server";
    /** Where the native API has what a setup script said. */
    private static final String OUTPUT = "/api/v1/lab/script-output/";

    private final BitelabPorts ports;

    AuditRoutes(BitelabPorts ports) {
        this.ports = ports;
    }

    Mono<Void> page(Visit visit) {
        Caller caller = visit.caller();
        boolean all = caller.may(Permission.LAB_ADMIN);
        Query query = visit.query();
        String board = query.last("board");
        Page page = ports.audit()
                .find(new Question(
                        board == null ? null : new BoardName(board),
                        person(query.last("user"), caller, all),
                        time(query.last("since")),
                        number(query, "before", Long.MAX_VALUE, Long.MAX_VALUE),
                        (int) number(query, "limit", LIMIT_USUAL, LIMIT_MAX)));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode items = json.putArray("items");
        page.entries()
                .forEach(entry -> items.add(of(entry, all || caller.person().equals(entry.person()), all)));
        if (page.next() != null) {
            json.put("next", page.next());
        }
        return Answers.json(visit, 200, json);
    }

    /** Null: anybody. Whoever sees only their own is not told whether there is somebody of another name. */
    private @Nullable String person(@Nullable String user, Caller caller, boolean all) {
        if (!all) {
            if (user != null && !user.equals(ports.names().of(caller.person()))) {
                throw WireFailure.forbidden(Need.ADMIN.scope);
            }
            return caller.person();
        }
        if (user == null) {
            return null;
        }
        String person = ports.users().personOf(user);
        if (person == null) {
            throw WireFailure.badValue("Nobody has that user name.");
        }
        return person;
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw WireFailure.badValue("'since' is a time as RFC 3339 has it, like 2026-11-20T09:45:00Z.");
        }
    }

    private static long number(Query query, String name, long usual, long max) {
        String text = query.last(name);
        if (text == null) {
            return usual;
        }
        long number = text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
        if (number < 1 || number > max) {
            throw WireFailure.badValue("'" + name + "' is a whole number"
                    + (max == Long.MAX_VALUE ? " above 0." : " from 1 to " + max + "."));
        }
        return number;
    }

    /**
     * @param isOwn whether the reader did it, or may read all
     * @param all whether the reader may read all
     */
    private ObjectNode of(Entry entry, boolean isOwn, boolean all) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("position", entry.position())
                .put("at", entry.at().toString())
                .put("action", entry.action())
                .put("outcome", entry.outcome().wireName())
                .put("user", by(entry, isOwn));
        if (isOwn) {
            put(json, "token", entry.token());
            put(json, "address", entry.address());
        }
        put(json, "board", entry.board());
        put(json, "reservation", entry.reservation());
        put(json, "holder", entry.holder() == null ? null : ports.names().of(entry.holder()));
        String detail = entry.detail();
        put(json, "detail", detail == null ? null : ports.names().of(detail));
        put(json, "code", word(entry.code()));
        if (isOwn) {
            put(json, "message", entry.message());
        }
        if (entry.took() != null) {
            json.put("duration", entry.took().toMillis() / 1000.0);
        }
        if (all) {
            put(json, "output", entry.words() == null ? null : OUTPUT + entry.words());
        }
        return json;
    }

    /** As the answers of this wire have it: the word behind the capability's. */
    private static @Nullable String word(@Nullable String code) {
        return code == null ? null : code.substring(code.indexOf('.') + 1);
    }

    /** A token whose owner is forgotten stands for them, though not by its id for everybody. */
    private String by(Entry entry, boolean isOwn) {
        if (entry.person() != null) {
            return ports.names().of(entry.person());
        }
        if (entry.token() == null) {
            return SERVER;
        }
        return isOwn ? "token:" + entry.token() : "token";
    }

    private static void put(ObjectNode json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }
}
