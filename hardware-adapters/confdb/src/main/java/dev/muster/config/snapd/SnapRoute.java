package dev.muster.config.snapd;

import dev.muster.config.Json;
import dev.muster.config.SecretsEvent.SnapSettingsRead;
import dev.muster.config.SnapSettings;
import dev.muster.config.SnapSettingsCommand.ChangeSnapSettings;
import dev.muster.config.SnapSettingsId;
import dev.muster.config.Tree;
import dev.muster.config.snapd.Changes.Kind;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.ViewScope.Right;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What a device's snaps are set to. There are no schemas, so whoever reads must be one who may see secrets. */
final class SnapRoute {

    /** Keys that one entry of the audit names. */
    private static final int KEYS_NAMED_MAX = 100;

    private final ConfdbPorts ports;
    private final ConfdbSettings settings;
    private final Bodies bodies;
    private final Orders orders;
    private final Changes changes;

    SnapRoute(ConfdbPorts ports, ConfdbSettings settings, Bodies bodies, Orders orders, Changes changes) {
        this.ports = ports;
        this.settings = settings;
        this.bodies = bodies;
        this.orders = orders;
        this.changes = changes;
    }

    Mono<Void> read(Visit visit, Target.OfSnap target) {
        visit.guest().onlyWith(Right.READ);
        if (!visit.guest().seesSecrets()) {
            throw ConfdbFailure.forbidden(Permission.CONFIG_SECRETS.wireName());
        }
        SnapSettingsId id = new SnapSettingsId(visit.device(), target.snap());
        List<String> keys = visit.query().list("keys");
        if (keys.size() > settings.pathsMax()) {
            throw ConfdbFailure.badRequest("One request asks for at most " + settings.pathsMax() + " keys.");
        }
        return opened(id).flatMap(all -> {
            Json.Members shown = shown(visit, id, all, keys);
            return noted(visit, id, keys).then(Mono.defer(() -> Answers.now(visit, shown)));
        });
    }

    private Mono<Json.Members> opened(SnapSettingsId id) {
        SnapSettings known = ports.snapSettings().find(id);
        return known.sealed().isEmpty()
                ? Mono.just(Json.Members.NONE)
                : Mono.fromCallable(() -> known.opened(id, ports.seals())).subscribeOn(Schedulers.boundedElastic());
    }

    /** All, or what was asked for by the keys as they were asked; one that is not set fails the whole. */
    private static Json.Members shown(Visit visit, SnapSettingsId id, Json.Members all, List<String> keys) {
        if (keys.isEmpty()) {
            return all;
        }
        Json.Members shown = Json.Members.NONE;
        for (String key : keys) {
            Json value = Tree.at(all, key);
            if (value == null) {
                throw new ConfdbFailure(
                        visit.manners == Manners.SNAPD ? 400 : 404,
                        "The snap '" + id.snap() + "' has no option '" + key + "'.",
                        Manners.NO_SUCH_OPTION,
                        null,
                        Map.of());
            }
            shown = shown.with(key, value);
        }
        return shown;
    }

    private Mono<Void> noted(Visit visit, SnapSettingsId id, List<String> keys) {
        Caller caller = visit.guest().caller();
        if (caller == null) {
            return Mono.empty();
        }
        List<String> named = keys.stream().limit(KEYS_NAMED_MAX).toList();
        return ports.audit()
                .note(new SnapSettingsRead(id.device(), id.snap(), named))
                .contextWrite(context -> context.put(Caller.class, caller));
    }

    Mono<Void> write(Visit visit, Target.OfSnap target) {
        visit.guest().onlyWith(Right.WRITE);
        SnapSettingsId id = new SnapSettingsId(visit.device(), target.snap());
        return bodies.object(visit).flatMap(body -> {
            ChangeSnapSettings command = new ChangeSnapSettings(id, WriteBody.texts(body));
            return orders.send(visit, command, null).then(Mono.defer(() -> {
                String summary = "Change configuration of \"" + id.snap() + "\" snap";
                return Answers.later(visit, changes.note(visit, Kind.CONFIGURE, summary, null, null));
            }));
        });
    }
}
