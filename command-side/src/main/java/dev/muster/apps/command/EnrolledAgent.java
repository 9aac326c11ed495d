package dev.muster.apps.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.apps.AppAgentCommand;
import dev.muster.apps.AppAgentCommand.EndEnrolment;
import dev.muster.apps.AppAgentCommand.EnrolAgent;
import dev.muster.apps.AppAgentCommand.MoveAgent;
import dev.muster.apps.AppAgentCommand.NoteAgentGone;
import dev.muster.apps.AppAgentCommand.ReportAgentStatus;
import dev.muster.apps.AppAgentCommand.ReportAgentSystem;
import dev.muster.apps.AppAgentCommand.RotateAgentSecret;
import dev.muster.apps.AppAgentEvent;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The agent of a device: whether it may sign in, as whom, and how it last said to be. It says so every half a minute; only
 * what changes is a fact.
 */
public class EnrolledAgent {

    @AggregateIdentifier
    private @Nullable String id;

    private AppAgentState state = AppAgentState.NONE;

    protected EnrolledAgent() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(EnrolAgent c) {
        return apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(RotateAgentSecret c) {
        return apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(MoveAgent c) {
        return apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(EndEnrolment c) {
        return apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ReportAgentStatus c) {
        return apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(NoteAgentGone c) {
        return apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ReportAgentSystem c) {
        return apply(c);
    }

    @EventSourcingHandler
    void on(AppAgentEvent event) {
        id = AppAgentEvent.aggregateId(event.device());
        state = state.after(event);
    }

    /** Whether anything happened. */
    private boolean apply(AppAgentCommand c) {
        List<AppAgentEvent> events = AppAgentDecision.decide(c, state);
        events.forEach(AggregateLifecycle::apply);
        return !events.isEmpty();
    }
}
