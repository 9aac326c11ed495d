package dev.muster.config.command;

import dev.muster.config.DatabagCommand.ForgetSecrets;
import dev.muster.config.Databags;
import dev.muster.config.Layer;
import dev.muster.config.Seals;
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

    public SecretsOffice(Seals seals, Databags databags, Commands commands) {
        this.seals = seals;
        this.databags = databags;
        this.commands = commands;
    }

    /** Completes when the key is gone and every databag of the device has let go of its secrets. */
    public Mono<Void> destroy(DeviceId device) {
        return Mono.fromRunnable(() -> seals.destroy(Layer.device(device).keyOwner()))
                .subscribeOn(Schedulers.boundedElastic())
                .thenMany(Flux.defer(() -> Flux.fromIterable(List.copyOf(databags.of(device)))))
                .concatMap(id -> commands.<Long>send(new ForgetSecrets(id)))
                .then();
    }
}
