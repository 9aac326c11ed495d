package dev.muster.updates;

import dev.muster.kernel.AggregateCommand;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of the tenant's device settings. */
public sealed interface SettingsCommand extends AggregateCommand {

    /** There is one set of settings in a tenant. */
    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "update-settings";
    }

    record ChangeSettings(UpdateSettings settings, @Nullable Long expectedVersion) implements SettingsCommand {}
}
