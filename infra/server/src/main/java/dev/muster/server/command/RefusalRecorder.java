package dev.muster.server.command;

import dev.muster.kernel.Provenance;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.overview.CommandRefused;
import java.util.List;
import java.util.Optional;
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

    private final EventStore events;

    public RefusalRecorder(EventStore events) {
        this.events = events;
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        unitOfWork.onRollback(rolledBack -> {
            Optional<Refusal> refusal =
                    Refused.in(rolledBack.getExecutionResult().getExceptionResult());
            if (refusal.isPresent()) {
                CommandMessage<?> message = rolledBack.getMessage();
                rolledBack.onCleanup(done -> record(message, refusal.get()));
            }
        });
        return chain.proceed();
    }

    private void record(CommandMessage<?> message, Refusal refusal) {
        CommandRefused refused = new CommandRefused(
                String.valueOf(message.getMetaData().get(Provenance.COMMAND)),
                Targets.of(message.getPayload()),
                refusal.code(),
                refusal.kind(),
                refusal.message());
        try {
            events.publish(List.of(new GenericEventMessage<>(refused, message.getMetaData())));
        } catch (RuntimeException e) {
            LOG.warn("the refusal of {} could not be recorded", refused.command(), e);
        }
    }
}
