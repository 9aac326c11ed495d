package dev.muster.identity.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.identity.TokenCommand;
import dev.muster.identity.TokenCommand.CreateToken;
import dev.muster.identity.TokenCommand.RevokeToken;
import dev.muster.identity.TokenEvent;
import dev.muster.identity.command.TokenState.Absent;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A token of an automation: what it may do, until when, whose it is. History holds its SHA-256 only. That it is never
 * wider than its maker is decided by {@link Tokens}, which knows the maker.
 */
public class ApiToken {

    @AggregateIdentifier
    private @Nullable String id;

    private TokenState state = new Absent();

    protected ApiToken() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(CreateToken command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(RevokeToken command) {
        return decide(command);
    }

    @EventSourcingHandler
    void on(TokenEvent event) {
        id = "token/" + event.tokenId();
        state = state.after(event);
    }

    private boolean decide(TokenCommand command) {
        List<TokenEvent> events = TokenDecision.on(command, state);
        events.forEach(AggregateLifecycle::apply);
        return !events.isEmpty();
    }
}
