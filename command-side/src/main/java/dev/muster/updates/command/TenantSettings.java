package dev.muster.updates.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.kernel.KernelRefusal;
import dev.muster.updates.SettingsCommand.ChangeSettings;
import dev.muster.updates.SettingsEvent;
import dev.muster.updates.SettingsEvent.SettingsChanged;
import dev.muster.updates.UpdateSettings;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** How this tenant talks to its devices. */
public class TenantSettings {

    @AggregateIdentifier
    private @Nullable String id;

    private UpdateSettings settings = UpdateSettings.DEFAULTS;

    protected TenantSettings() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ChangeSettings c) {
        Long version = id == null ? Long.valueOf(-1) : AggregateLifecycle.getVersion();
        if (c.expectedVersion() != null && !c.expectedVersion().equals(version)) {
            throw KernelRefusal.VERSION_LOST.because(
                    "The settings are at version " + version + ", not " + c.expectedVersion() + ".");
        }
        SettingsRules.check(c.settings());
        if (id != null && c.settings().equals(settings)) {
            return false;
        }
        AggregateLifecycle.apply(new SettingsChanged(c.settings()));
        return true;
    }

    @EventSourcingHandler
    void on(SettingsEvent event) {
        id = "update-settings";
        if (event instanceof SettingsChanged e) {
            settings = e.settings();
        }
    }
}
