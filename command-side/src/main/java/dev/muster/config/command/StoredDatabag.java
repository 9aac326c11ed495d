package dev.muster.config.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.config.Databag;
import dev.muster.config.DatabagCommand.AdoptStaged;
import dev.muster.config.DatabagCommand.EmptyStaged;
import dev.muster.config.DatabagCommand.ForgetSecrets;
import dev.muster.config.DatabagCommand.RevertDatabag;
import dev.muster.config.DatabagCommand.WriteView;
import dev.muster.config.DatabagEvent;
import dev.muster.config.Databags;
import dev.muster.config.Registries;
import dev.muster.config.Seals;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The values of one registry in one layer: of a device, a group or the fleet. One aggregate, one writer at a time: no
 * write is lost and none is seen by half. It holds secrets sealed and opens them only while it judges a write.
 */
public class StoredDatabag {

    @AggregateIdentifier
    private @Nullable String id;

    private Databag state = Databag.EMPTY;

    protected StoredDatabag() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(WriteView command, Registries registries, Seals seals) {
        return apply(DatabagDecision.write(
                command, state, registries.needed(command.databagId().registry()), seals));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(RevertDatabag command, Registries registries, Databags databags, Seals seals) {
        return apply(DatabagDecision.revert(
                command, state, registries.needed(command.databagId().registry()), databags, seals));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(AdoptStaged command, Registries registries, Databags databags, Seals seals) {
        return apply(DatabagDecision.adopt(
                command, state, registries.needed(command.databagId().registry()), databags, seals));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(EmptyStaged command) {
        return apply(DatabagDecision.empty(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(ForgetSecrets command, Seals seals) {
        return apply(DatabagDecision.forget(command, state, seals));
    }

    @EventSourcingHandler
    void on(DatabagEvent event) {
        id = "databag/" + event.databagId();
        state = state.after(event);
    }

    private long apply(List<DatabagEvent> events) {
        events.forEach(AggregateLifecycle::apply);
        return state.version();
    }
}
