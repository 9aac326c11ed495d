package dev.muster.apps.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.apps.AppAccountCommand.AssignAccount;
import dev.muster.apps.AppAccountEvent.AccountAssigned;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** The number that agents know somebody by: given once, and never to anybody else. */
public class NumberedAccount {

    @AggregateIdentifier
    private @Nullable String id;

    private long key;

    protected NumberedAccount() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(AssignAccount c) {
        if (key == 0) {
            AggregateLifecycle.apply(new AccountAssigned(c.person(), c.key()));
        }
        return key;
    }

    @EventSourcingHandler
    void on(AccountAssigned event) {
        id = "app-account/" + event.person();
        key = event.key();
    }
}
