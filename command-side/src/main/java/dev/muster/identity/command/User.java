package dev.muster.identity.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.identity.UserCommand;
import dev.muster.identity.UserCommand.ChangeRoles;
import dev.muster.identity.UserCommand.CreateUser;
import dev.muster.identity.UserCommand.DisableUser;
import dev.muster.identity.UserCommand.EnableUser;
import dev.muster.identity.UserCommand.EraseUser;
import dev.muster.identity.UserCommand.ListGrants;
import dev.muster.identity.UserCommand.NotePasswordChange;
import dev.muster.identity.UserEvent;
import dev.muster.identity.command.UserState.Absent;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A person's account, by a number that says nothing about them. Every handler answers whether anything changed. Rules
 * about several accounts at once (unique names, the last administrator) are kept by {@link UserOffice}, which sends
 * these commands one at a time.
 */
public class User {

    @AggregateIdentifier
    private @Nullable String id;

    private UserState state = new Absent();

    protected User() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(CreateUser command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ChangeRoles command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ListGrants command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(DisableUser command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(EnableUser command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(NotePasswordChange command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(EraseUser command) {
        return decide(command);
    }

    @EventSourcingHandler
    void on(UserEvent event) {
        id = "user/" + event.userId();
        state = state.after(event);
    }

    private boolean decide(UserCommand command) {
        List<UserEvent> events = UserDecision.on(command, state);
        events.forEach(AggregateLifecycle::apply);
        return !events.isEmpty();
    }
}
