package dev.muster.server.command;

import dev.muster.identity.Caller;
import dev.muster.kernel.BulkCommand;
import dev.muster.kernel.Commands;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Refused;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import reactor.core.publisher.Mono;

/**
 * Sends commands over Axon's bus. A bounded number is handled at once; beyond that the answer is "overloaded" rather
 * than a growing queue. Two writers of one aggregate on different nodes may collide; the loser is tried again.
 */
public final class AxonCommands implements Commands {

    private static final int RETRIES_MAX = 5;
    private static final Duration HANDLING_MAX = Duration.ofSeconds(30);

    private final CommandBus bus;
    private final Semaphore room;

    public AxonCommands(CommandBus bus, int inFlightMax) {
        this.bus = bus;
        this.room = new Semaphore(inFlightMax);
    }

    @Override
    public <R> Mono<R> send(Object command) {
        return Mono.deferContextual(context -> {
            Map<String, String> provenance = context.<Caller>getOrEmpty(Caller.class)
                    .map(Caller::provenance)
                    .orElse(Map.of(Provenance.ACTOR, "system:server"));
            return Mono.fromFuture(() -> this.<R>send(command, provenance), true);
        });
    }

    @Override
    public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
        if (!room.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    KernelRefusal.OVERLOADED.because("Too many commands are being handled."));
        }
        Map<String, Object> metadata = new HashMap<>(provenance);
        metadata.put(Provenance.COMMAND, CommandNames.of(kind(command)));
        CompletableFuture<R> answer = this.<R>attempt(new GenericCommandMessage<>(command, metadata), RETRIES_MAX)
                .orTimeout(HANDLING_MAX.toMillis(), TimeUnit.MILLISECONDS);
        answer.whenComplete((ok, failed) -> room.release());
        return answer;
    }

    /** Whether it was asked alone or with others makes no difference to what followed. */
    private static Class<?> kind(Object command) {
        return command instanceof BulkCommand bulk ? bulk.kind() : command.getClass();
    }

    private <R> CompletableFuture<R> attempt(CommandMessage<Object> message, int retries) {
        CompletableFuture<R> once = new CompletableFuture<>();
        bus.<Object, R>dispatch(message, (sent, result) -> {
            if (result.isExceptional()) {
                once.completeExceptionally(unwrapped(result.exceptionResult()));
            } else {
                once.complete(result.getPayload());
            }
        });
        return once.exceptionallyCompose(failure -> retries > 0 && isCollision(failure)
                ? this.<R>attempt(message, retries - 1)
                : CompletableFuture.failedFuture(failure));
    }

    /** The refusal itself where there is one, so that callers need not dig. */
    private static Throwable unwrapped(Throwable failure) {
        return Refused.in(failure).<Throwable>map(Refused::new).orElse(failure);
    }

    private static boolean isCollision(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            // Axon Server reports a collision as a command failure with this code.
            if (t instanceof ConcurrencyException
                    || t.getMessage() != null && t.getMessage().contains("AXONIQ-2000")) {
                return true;
            }
        }
        return false;
    }
}
