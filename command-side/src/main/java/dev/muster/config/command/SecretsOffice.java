package dev.muster.config.command;

import dev.muster.config.DatabagCommand.ForgetSecrets;
import dev.muster.config.Databags;
import dev.muster.config.Layer;
import dev.muster.config.Seals;
import dev.muster.config.SecretsAudit;
import dev.muster.config.SecretsEvent.KeyDestroyed;
import dev.muster.kernel.Commands;
import dev.muster.registry.DeviceId;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Destroys a device's key. The key goes first: from then on nothing opens, whatever becomes of the rest. Doing it again
 * finishes what was interrupted.
 */
public final class SecretsOffice {

    private final Seals seals;
    private final Databags databags;
    private final Commands commands;
    private final SecretsAudit audit;

    public SecretsOffice(Seals seals, Databags databags, Commands commands, SecretsAudit audit) {
        this.seals = seals;
        this.databags = databags;
        this.commands = commands;
        this.audit = audit;
    }

    /** Completes when the key is gone and every databag of the device has let go of its secrets. */
    public Mono<Void> destroy(DeviceId device) {
        return Mono.fromCallable(() -> destroyed(Layer.device(device).keyOwner()))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(had -> had ? audit.note(new KeyDestroyed(device)) : Mono.<Void>empty())
                .thenMany(Flux.defer(() -> Flux.fromIterable(List.copyOf(databags.of(device)))))
                .concatMap(id -> commands.<Long>send(new ForgetSecrets(id)))
                .then();
    }

    /** Whether there was one. */
    private boolean destroyed(String owner) {
        boolean had = seals.hasKey(owner);
        seals.destroy(owner);
        return had;
    }
}
