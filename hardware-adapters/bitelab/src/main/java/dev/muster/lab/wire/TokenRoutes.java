package dev.muster.lab.wire;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.kernel.Ids;
import dev.muster.lab.wire.TokenDesk.Issued;
import dev.muster.lab.wire.TokenDesk.TokenOrder;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes and ends tokens (contract §3). The two scopes of this wire stand for permissions of the house. */
final class TokenRoutes {

    /** What {@code board:use} is. */
    static final Set<Permission> USE = Set.of(Permission.LAB_READ, Permission.LAB_USE);
    /** What {@code board:admin} is. */
    private static final Set<Permission> ADMIN = Set.of(Permission.LAB_READ, Permission.LAB_USE, Permission.LAB_ADMIN);

    private static final Duration FOR_OTHERS = Duration.ofDays(30);

    private final BitelabPorts ports;
    private final BitelabSettings settings;

    TokenRoutes(BitelabPorts ports, BitelabSettings settings) {
        this.ports = ports;
        this.settings = settings;
    }

    /** A short token for whoever asks, by default with what the shown one may do here. */
    Mono<Void> renew(Visit visit, Members body) {
        Caller caller = visit.caller();
        Set<Permission> scopes = scopes(body);
        if (scopes == null) {
            scopes = EnumSet.copyOf(ADMIN);
            scopes.retainAll(caller.permissions());
        }
        for (Permission each : scopes) {
            if (!caller.may(each)) {
                throw WireFailure.forbidden(each == Permission.LAB_ADMIN ? "board:admin" : "board:use");
            }
        }
        Duration life = life(body, settings.tokenLife());
        if (life.compareTo(settings.tokenLifeMax()) > 0) {
            throw new WireFailure(
                    422,
                    "over-limit",
                    "Such a token lives for at most " + settings.tokenLifeMax().toHours() + " hours.");
        }
        TokenOrder order = new TokenOrder(caller.person(), label(body), scopes, life);
        return ports.desk().issue(order, caller).flatMap(issued -> Answers.json(visit, 200, shown(issued)));
    }

    /** One for somebody else, by an administrator. */
    Mono<Void> issue(Visit visit, Members body) {
        String user = body.required("user");
        String person = ports.users().personOf(user);
        if (person == null) {
            throw WireFailure.badValue("Nobody is called '" + user + "'.");
        }
        Set<Permission> scopes = scopes(body);
        TokenOrder order = new TokenOrder(person, label(body), scopes == null ? USE : scopes, life(body, FOR_OTHERS));
        return ports.desk().issue(order, visit.caller()).flatMap(issued -> Answers.json(visit, 200, shown(issued)));
    }

    /** Ends the token that was shown. */
    Mono<Void> revoke(Visit visit) {
        Caller caller = visit.caller();
        UUID id = caller.kind() == Caller.Kind.TOKEN ? Ids.read(caller.id()) : null;
        if (id == null) {
            throw WireFailure.badValue("This is no token of this server; it ends where it was made.");
        }
        return revoke(visit, id);
    }

    Mono<Void> revokeAny(Visit visit) {
        UUID id = Ids.read(visit.route().name());
        if (id == null) {
            throw new WireFailure(404, "token-unknown", "There is no such token.");
        }
        return revoke(visit, id);
    }

    private Mono<Void> revoke(Visit visit, UUID id) {
        return ports.desk().revoke(id, visit.caller()).then(Mono.defer(() -> Answers.empty(visit)));
    }

    private static String label(Members body) {
        String label = body.text("label", 100);
        return label == null || label.isBlank() ? "lab" : label;
    }

    private static Duration life(Members body, Duration usual) {
        Duration asked = body.duration("duration");
        return asked == null ? usual : asked;
    }

    private static @Nullable Set<Permission> scopes(Members body) {
        JsonNode given = body.any("scopes");
        if (given == null) {
            return null;
        }
        Set<Permission> scopes = EnumSet.noneOf(Permission.class);
        for (JsonNode each : given) {
            switch (each.isString() ? each.asString() : "") {
                case "board:use" -> scopes.addAll(USE);
                case "board:admin" -> scopes.addAll(ADMIN);
                default -> throw WireFailure.badValue("Scopes are board:use and board:admin.");
            }
        }
        if (scopes.isEmpty()) {
            throw WireFailure.badValue("'scopes' is a list of board:use and board:admin.");
        }
        return scopes;
    }

    private ObjectNode shown(Issued issued) {
        Set<String> scopes = new TreeSet<>();
        if (issued.scopes().contains(Permission.LAB_USE)) {
            scopes.add("board:use");
        }
        if (issued.scopes().contains(Permission.LAB_ADMIN)) {
            scopes.add("board:admin");
        }
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("token", issued.text())
                .put("id", issued.id().toString())
                .put("user", ports.names().of(issued.person()));
        ArrayNode list = json.putArray("scopes");
        scopes.forEach(list::add);
        return json.put("expires", issued.expiresAt().toString());
    }
}
