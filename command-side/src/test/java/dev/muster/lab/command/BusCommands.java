package dev.muster.lab.command;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Refused;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import reactor.core.publisher.Mono;

/** Orders over a bus, as the real house sends them. */
final class BusCommands implements Commands {
    private final CommandBus bus;

    BusCommands(CommandBus bus) {
        this.bus = bus;
    }

    @Override
    public <R> Mono<R> send(Object command) {
        return Mono.error(new IllegalStateException("say who orders"));
    }

    @Override
    public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        bus.<Object, R>dispatch(new GenericCommandMessage<>(command, provenance), (message, result) -> {
            if (result.isExceptional()) {
                Throwable failure = result.exceptionResult();
                answer.completeExceptionally(
                        Refused.in(failure).<Throwable>map(Refused::new).orElse(failure));
            } else {
                answer.complete(result.getPayload());
            }
        });
        return answer;
    }
}
