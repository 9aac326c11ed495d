package dev.muster.apps;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Agents know people by numbers. */
public sealed interface AppAccountCommand {

    String person();

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
