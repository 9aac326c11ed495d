package dev.muster.updates.command;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.AssignReleases;
import dev.muster.updates.AssignReleases.Answers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** Remembers what was sent, and answers as it is told. */
final class SentCommands implements Commands {

    final List<Object> all = new CopyOnWriteArrayList<>();
    volatile Function<Object, CompletableFuture<?>> answer = command -> CompletableFuture.completedFuture(null);

    /** By default each of a bulk is answered as it would be alone: the refused are missing, a fault is everybody's. */
    volatile Function<AssignReleases, CompletableFuture<?>> together = this::eachOf;

    @Override
    public <R> Mono<R> send(Object command) {
        return Mono.fromFuture(() -> this.<R>answered(command));
    }

    @Override
    public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
        return answered(command);
    }

    @SuppressWarnings("unchecked")
    private <R> CompletableFuture<R> answered(Object command) {
        all.add(command);
        return (CompletableFuture<R>)
                (command instanceof AssignReleases bulk ? together.apply(bulk) : answer.apply(command));
    }

    private CompletableFuture<Answers> eachOf(AssignReleases bulk) {
        Map<DeviceId, Assigned> given = new ConcurrentHashMap<>();
        CompletableFuture<?>[] answers = bulk.each().stream()
                .map(each -> answer.apply(each).handle((assigned, failure) -> {
                    if (failure == null) {
                        given.put(each.deviceId(), (Assigned) assigned);
                    } else if (!Refused.isAnswer(failure)) {
                        throw new CompletionException(failure);
                    }
                    return given;
                }))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(answers).thenApply(done -> new Answers(given));
    }

    /** All of this type, those in bulks as well. */
    <C> List<C> of(Class<C> type) {
        return all.stream()
                .<Object>flatMap(command -> command instanceof AssignReleases bulk && !type.isInstance(bulk)
                        ? bulk.each().stream()
                        : Stream.of(command))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Those of this type that were sent alone. */
    <C> List<C> alone(Class<C> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
