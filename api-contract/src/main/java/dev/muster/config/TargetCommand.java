package dev.muster.config;

import dev.muster.kernel.AggregateCommand;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of the configuration that all agents should have. */
public sealed interface TargetCommand extends AggregateCommand {

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return ConfigTarget.AGGREGATE;
    }

    /**
     * Replaces the whole of it; nothing is merged. The very text it has changes nothing. Refused with
     * {@link ConfigRefusal#BAD_REQUEST} or {@link ConfigRefusal#TOO_LARGE}. Answers the version.
     *
     * @param config a JSON object, as it was written, without blanks between its parts
     * @param expectedVersion the version it must have, 0 for never set, or null for any
     */
    record SetTarget(String config, @Nullable Long expectedVersion) implements TargetCommand {

        /** Without the values. */
        @Override
        public String toString() {
            return "SetTarget[" + config.length() + " characters]";
        }
    }
}
