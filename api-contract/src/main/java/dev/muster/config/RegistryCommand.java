package dev.muster.config;

import dev.muster.kernel.AggregateCommand;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a registry's definition. */
public sealed interface RegistryCommand extends AggregateCommand {

    RegistryId registryId();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "registry/" + registryId();
    }

    /**
     * Defines it, or gives it another schema if every value stored under it still fits. The document it has changes
     * nothing. Refused with {@link ConfigRefusal#SCHEMA_INVALID} or {@link ConfigRefusal#SCHEMA_IN_USE}. Answers the
     * revision.
     *
     * @param document JSON with {@code views} and {@code storage}, at most 1 MiB
     * @param expectedRevision the revision it must have, 0 for none yet, or null for any
     */
    record DefineRegistry(
            RegistryId registryId,
            String document,
            @Nullable Long expectedRevision) implements RegistryCommand {}
}
