package dev.muster.config.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.config.Databags;
import dev.muster.config.RegistryCommand.DefineRegistry;
import dev.muster.config.RegistryEngine;
import dev.muster.config.RegistryEvent;
import dev.muster.config.Seals;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A registry's definition with all its revisions. Replacing a schema is judged against the databags this node knows; a
 * write that is under way at that moment is judged by the schema it found, and the next write by the new one.
 */
public class DefinedRegistry {

    @AggregateIdentifier
    private @Nullable String id;

    private DefinitionState state = DefinitionState.NONE;

    protected DefinedRegistry() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(DefineRegistry command, RegistryEngine engine, Databags databags, Seals seals) {
        DefinitionDecision.define(command, state, engine, new Stock(databags, seals))
                .forEach(AggregateLifecycle::apply);
        return state.revision();
    }

    @EventSourcingHandler
    void on(RegistryEvent event) {
        id = "registry/" + event.registryId();
        state = state.after(event);
    }
}
