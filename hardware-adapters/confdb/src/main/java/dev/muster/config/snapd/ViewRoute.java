package dev.muster.config.snapd;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Databag;
import dev.muster.config.DatabagCommand.WriteView;
import dev.muster.config.DatabagId;
import dev.muster.config.Json;
import dev.muster.config.Layer;
import dev.muster.config.RegistryId;
import dev.muster.config.RegistrySchema;
import dev.muster.config.SecretsEvent.SecretsRead;
import dev.muster.config.SecretsEvent.Way;
import dev.muster.config.snapd.Changes.Kind;
import dev.muster.identity.Caller;
import dev.muster.identity.ViewScope.Right;
import dev.muster.kernel.RefusalCode;
import dev.muster.kernel.Refused;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Reading and writing what a device has, through a view. Reads are answered from memory; only a databag with secrets is
 * opened by threads that may wait for the vault.
 */
final class ViewRoute {

    /** Paths that one entry of the audit names. */
    private static final int PATHS_MAX = 100;

    private final ConfdbPorts ports;
    private final ConfdbSettings settings;
    private final Bodies bodies;
    private final Orders orders;
    private final Changes changes;

    ViewRoute(ConfdbPorts ports, ConfdbSettings settings, Bodies bodies, Orders orders, Changes changes) {
        this.ports = ports;
        this.settings = settings;
        this.bodies = bodies;
        this.orders = orders;
        this.changes = changes;
    }

    Mono<Void> read(Visit visit, Target.OfView target) {
        visit.guest().onlyWith(Right.READ, target);
        Question question = Question.read(visit.query(), target.generation(), settings);
        DatabagId id = databag(visit, target);
        RegistrySchema schema = ports.registries()
                .needed(id.registry())
                .schema(target.generation().profile());
        return values(id)
                .flatMap(values -> {
                    boolean secrets = visit.guest().seesSecrets();
                    Json value = question.answer(schema, values, target.view(), secrets);
                    return noted(visit, target, id, question, schema, values, value)
                            .then(Mono.defer(() -> found(visit, target, value)));
                })
                .onErrorResume(failure -> nothing(visit, target, failure));
    }

    private static DatabagId databag(Visit visit, Target.OfView target) {
        return new DatabagId(new RegistryId(target.account(), target.name()), Layer.actual(visit.device()));
    }

    private Mono<Json.Members> values(DatabagId id) {
        Databag databag = ports.databags().find(id);
        return databag.sealed().isEmpty()
                ? Mono.just(databag.clear())
                : Mono.fromCallable(() -> databag.opened(id, ports.seals())).subscribeOn(Schedulers.boundedElastic());
    }

    /** A device that reads its own secrets is what they are for; somebody else who does is on record. */
    private Mono<Void> noted(
            Visit visit,
            Target.OfView target,
            DatabagId id,
            Question question,
            RegistrySchema schema,
            Json.Members values,
            Json value) {
        Caller caller = visit.guest().caller();
        if (caller == null || !caller.maySeeSecrets() || !isSecret(question, schema, values, target.view(), value)) {
            return Mono.empty();
        }
        List<String> paths = question.paths().stream().limit(PATHS_MAX).toList();
        return ports.audit()
                .note(new SecretsRead(id.registry(), id.layer(), target.view(), paths, Way.VIEW))
                .contextWrite(context -> context.put(Caller.class, caller));
    }

    /** Whether who may not see secrets would have seen less. */
    private static boolean isSecret(
            Question question, RegistrySchema schema, Json.Members values, String view, Json value) {
        try {
            return !question.answer(schema, values, view, false).equals(value);
        } catch (Refused onlySecrets) {
            return true;
        }
    }

    private Mono<Void> found(Visit visit, Target.OfView target, Json value) {
        if (!target.generation().readsThroughChanges()) {
            return Answers.now(visit, value);
        }
        String name = target.generation() == Generation.V2_69 ? "confdb-data" : "values";
        return got(visit, target, Json.Members.NONE.with(name, value));
    }

    /** Where what is read is in a change, that nothing was there is in it as well. */
    private Mono<Void> nothing(Visit visit, Target.OfView target, Throwable failure) {
        boolean inChange = visit.manners == Manners.SNAPD
                && target.generation().readsThroughChanges()
                && is(failure, ConfigRefusal.NO_DATA);
        if (!inChange) {
            return Mono.error(failure);
        }
        Json message =
                Json.of(visit.manners.failure(failure, target.generation()).text());
        return got(
                visit,
                target,
                target.generation() == Generation.V2_69
                        ? Json.Members.NONE.with("confdb-error", message)
                        : Json.Members.NONE.with(
                                "error",
                                Json.Members.NONE
                                        .with("message", message)
                                        .with("kind", Json.of(Manners.NO_SUCH_OPTION))));
    }

    private Mono<Void> got(Visit visit, Target.OfView target, Json data) {
        String summary = "Get confdb through \"" + target.id() + "\"";
        return Answers.later(visit, changes.note(visit, Kind.GET, summary, null, data));
    }

    Mono<Void> write(Visit visit, Target.OfView target) {
        visit.guest().onlyWith(Right.WRITE, target);
        DatabagId id = databag(visit, target);
        return bodies.object(visit).flatMap(body -> {
            WriteBody write = WriteBody.read(body, target.generation(), settings);
            Map<String, String> values = write.values();
            WriteView command = new WriteView(id, target.generation().profile(), target.view(), values, null);
            return orders.send(visit, command, write.patience())
                    .then(Mono.defer(() -> set(visit, target, null)))
                    .onErrorResume(failure -> rejected(visit, target, failure));
        });
    }

    private Mono<Void> set(Visit visit, Target.OfView target, @Nullable String err) {
        String summary = "Set confdb through \"" + target.id() + "\"";
        return Answers.later(visit, changes.note(visit, Kind.SET, summary, err, null));
    }

    /** A veto comes after the change was made, so clients find it there. */
    private Mono<Void> rejected(Visit visit, Target.OfView target, Throwable failure) {
        boolean inChange = visit.manners == Manners.SNAPD
                && target.generation().readsThroughChanges()
                && is(failure, ConfigRefusal.REJECTED);
        return inChange
                ? set(
                        visit,
                        target,
                        visit.manners.failure(failure, target.generation()).text())
                : Mono.error(failure);
    }

    private static boolean is(Throwable failure, RefusalCode code) {
        return Refused.in(failure)
                .filter(refusal -> refusal.code().equals(code.code()))
                .isPresent();
    }
}
