package dev.muster.config.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.config.AgentCommand.RegisterAgent;
import dev.muster.config.AgentCommand.RemoveAgent;
import dev.muster.config.AgentCommand.ReportConfig;
import dev.muster.config.AgentEvent;
import dev.muster.config.command.AgentState.Absent;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * An agent of the configuration server: what it told of itself when it registered, and what it last said it has. Agents
 * poll all the time; only another configuration than before is a fact.
 */
public class RegisteredAgent {

    @AggregateIdentifier
    private @Nullable String id;

    private AgentState state = new Absent();

    protected RegisteredAgent() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(RegisterAgent command) {
        return apply(AgentDecision.register(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(ReportConfig command) {
        return apply(AgentDecision.report(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(RemoveAgent command) {
        return apply(AgentDecision.remove(command, state));
    }

    @EventSourcingHandler
    void on(AgentEvent event) {
        id = "agent/" + event.deviceId();
        state = state.after(event);
    }

    private long apply(List<AgentEvent> events) {
        events.forEach(AggregateLifecycle::apply);
        return state.version();
    }
}
