package dev.muster.updates.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.updates.AutoAssignmentCommand.CreateAutoAssignment;
import dev.muster.updates.AutoAssignmentCommand.DeleteAutoAssignment;
import dev.muster.updates.AutoAssignmentEvent;
import dev.muster.updates.AutoAssignmentEvent.AutoAssignmentCreated;
import dev.muster.updates.AutoAssignmentEvent.AutoAssignmentDeleted;
import dev.muster.updates.UpdatesRefusal;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** A standing order: every device that matches, now and later, gets a release. */
public class AutoAssignment {

    @AggregateIdentifier
    private @Nullable String id;

    private @Nullable AutoAssignmentCreated created;

    protected AutoAssignment() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(CreateAutoAssignment c) {
        if (c.name().isBlank() || c.name().length() > Release.TEXT_MAX) {
            throw UpdatesRefusal.ROLLOUT_INVALID.because("A name has 1 to " + Release.TEXT_MAX + " characters.");
        }
        AutoAssignmentCreated event = new AutoAssignmentCreated(
                c.autoAssignmentId(), c.name(), c.filter(), c.release(), c.releaseName(), c.type(), c.weight());
        if (created != null) {
            if (created.equals(event)) {
                return false;
            }
            throw UpdatesRefusal.AUTO_ASSIGNMENT_EXISTS.because("This assignment exists with another content.");
        }
        AggregateLifecycle.apply(event);
        return true;
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(DeleteAutoAssignment c) {
        if (created == null) {
            throw UpdatesRefusal.AUTO_ASSIGNMENT_UNKNOWN.because("There is no assignment " + c.autoAssignmentId());
        }
        AggregateLifecycle.apply(new AutoAssignmentDeleted(c.autoAssignmentId()));
    }

    @EventSourcingHandler
    void on(AutoAssignmentEvent event) {
        id = "auto-assignment/" + event.autoAssignmentId();
        created = event instanceof AutoAssignmentCreated e ? e : null;
    }
}
