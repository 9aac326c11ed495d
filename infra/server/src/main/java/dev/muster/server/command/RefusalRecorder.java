package dev.muster.server.command;

import dev.muster.kernel.AggregateCommand;
import dev.muster.kernel.BulkCommand;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.overview.CommandRefused;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A refused command leaves an entry in the log, so that the audit shows what was tried as well as what was done. The
 * entry is written after the command's own unit of work has been rolled back.
 */
public final class RefusalRecorder implements MessageHandlerInterceptor<CommandMessage<?>> {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalRecorder.class);

    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private final EventStore events;
    private final Executor threads;

    public RefusalRecorder(EventStore events, Executor threads) {
        this.events = events;
        this.threads = threads;
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        unitOfWork.onRollback(rolledBack -> {
            Optional<Refusal> refusal =
                    Refused.in(rolledBack.getExecutionResult().getExceptionResult());
            CommandMessage<?> message = rolledBack.getMessage();
            // Those in a bulk that failed, for want of room, are asked alone: what is refused then is recorded.
            if (refusal.isPresent() && !(message.getPayload() instanceof BulkCommand)) {
                rolledBack.onCleanup(done -> record(message, refusal.get()));
            }
        });
        return chain.proceed();
    }

    private void record(CommandMessage<?> message, Refusal refusal) {
        CommandRefused refused = new CommandRefused(
                String.valueOf(message.getMetaData().get(Provenance.COMMAND)),
                message.getPayload() instanceof AggregateCommand asked ? asked.aggregateId() : "",
                refusal.code(),
                refusal.kind(),
                refusal.message());
        try {
            // On a thread without a unit of work: the command's own is over and takes no events any more.
            CompletableFuture.runAsync(
                            () -> events.publish(List.of(new GenericEventMessage<>(refused, message.getMetaData()))),
                            threads)
                    .orTimeout(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (RuntimeException e) {
            LOG.warn("the refusal of {} could not be recorded", refused.command(), e);
        }
    }
}
