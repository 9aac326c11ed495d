package dev.muster.apps;

import dev.muster.kernel.AggregateCommand;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Agents know people by numbers. */
public sealed interface AppAccountCommand extends AggregateCommand {

    String person();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "app-account/" + person();
    }

    /**
     * Gives somebody a number, once. Answers the number they have: this one, or the one from before.
     *
     * @param person as {@link dev.muster.identity.Caller#person()} has it
     */
    record AssignAccount(String person, long key) implements AppAccountCommand {}
}
