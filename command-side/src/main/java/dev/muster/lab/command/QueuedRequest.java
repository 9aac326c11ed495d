package dev.muster.lab.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequestCommand;
import dev.muster.lab.LabRequestCommand.CancelRequest;
import dev.muster.lab.LabRequestCommand.ExpireRequest;
import dev.muster.lab.LabRequestCommand.FulfilRequest;
import dev.muster.lab.LabRequestCommand.GrantRequest;
import dev.muster.lab.LabRequestCommand.QueueRequest;
import dev.muster.lab.LabRequestCommand.ReturnRequest;
import dev.muster.lab.LabRequestEvent;
import dev.muster.lab.command.QueuedState.Absent;
import dev.muster.lab.command.QueuedState.Queued;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** A wish that waits for a board; {@link QueueDispatcher} serves it. Once it is over it stays so. */
public class QueuedRequest {

    @AggregateIdentifier
    private @Nullable String id;

    private QueuedState state = new Absent();

    protected QueuedRequest() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(QueueRequest command) {
        return apply(QueueDecision.queue(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(GrantRequest command) {
        return apply(QueueDecision.grant(command, onlyQueued(command)));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ReturnRequest command) {
        return apply(QueueDecision.giveBack(command, onlyQueued(command)));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(FulfilRequest command) {
        return apply(QueueDecision.fulfil(command, onlyQueued(command)));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(CancelRequest command) {
        return apply(QueueDecision.cancel(command, onlyQueued(command)));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ExpireRequest command) {
        return apply(QueueDecision.expire(command, onlyQueued(command)));
    }

    @EventSourcingHandler
    void on(LabRequestEvent event) {
        id = "lab-request/" + event.id();
        state = state.after(event);
    }

    private Queued onlyQueued(LabRequestCommand command) {
        if (state instanceof Queued queued) {
            return queued;
        }
        throw LabRefusal.NO_SUCH_RESERVATION.because("There is no request " + command.id() + ".");
    }

    private static boolean apply(List<LabRequestEvent> events) {
        events.forEach(AggregateLifecycle::apply);
        return !events.isEmpty();
    }
}
