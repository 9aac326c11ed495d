package dev.muster.updates.command;

import dev.muster.kernel.Commands;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Remembers what was sent, and answers as it is told. */
final class SentCommands implements Commands {

    final List<Object> all = new CopyOnWriteArrayList<>();
    volatile Function<Object, CompletableFuture<?>> answer = command -> CompletableFuture.completedFuture(null);

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
        return (CompletableFuture<R>) answer.apply(command);
    }

    <C> List<C> of(Class<C> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
