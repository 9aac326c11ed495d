package dev.muster.config.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.config.Seals;
import dev.muster.config.SnapSettings;
import dev.muster.config.SnapSettingsCommand.ChangeSnapSettings;
import dev.muster.config.SnapSettingsEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one snap on one device, beside its registries and without a schema. Since nobody says which of them
 * are secret, all are kept sealed with the device's key and are gone with it.
 */
public class StoredSnapSettings {

    @AggregateIdentifier
    private @Nullable String id;

    private SnapSettings state = SnapSettings.EMPTY;

    protected StoredSnapSettings() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(ChangeSnapSettings command, Seals seals) {
        SnapSettingsDecision.change(command, state, seals).forEach(AggregateLifecycle::apply);
        return state.version();
    }

    @EventSourcingHandler
    void on(SnapSettingsEvent event) {
        id = "snap-settings/" + event.deviceId() + "/" + event.snap();
        state = state.after(event);
    }
}
