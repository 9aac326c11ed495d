package dev.muster.apps.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.apps.AppCommand;
import dev.muster.apps.AppCommand.AddRelease;
import dev.muster.apps.AppCommand.ChangeApp;
import dev.muster.apps.AppCommand.CreateApp;
import dev.muster.apps.AppCommand.NoteArchitecture;
import dev.muster.apps.AppCommand.OfferRelease;
import dev.muster.apps.AppCommand.RemoveApp;
import dev.muster.apps.AppCommand.YankRelease;
import dev.muster.apps.AppEvent;
import java.util.List;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * An app and its releases. Its name is its identity, for images and containers are named by it; its key is what agents
 * know it by.
 */
public class CataloguedApp {

    @AggregateIdentifier
    private @Nullable String id;

    private CatalogueState state = CatalogueState.NONE;

    protected CataloguedApp() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(CreateApp c) {
        apply(c);
        return Objects.requireNonNull(state.key()).value();
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(ChangeApp c) {
        return apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(RemoveApp c) {
        apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(AddRelease c) {
        apply(c);
        return Objects.requireNonNull(state.releases().get(c.version()))
                .added()
                .release()
                .value();
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(NoteArchitecture c) {
        return apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(OfferRelease c) {
        return apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(YankRelease c) {
        return apply(c);
    }

    @EventSourcingHandler
    void on(AppEvent event) {
        id = event.app().aggregateId();
        state = state.after(event);
    }

    /** Answers the version. */
    private long apply(AppCommand c) {
        List<AppEvent> events = CatalogueDecision.decide(c, state);
        events.forEach(AggregateLifecycle::apply);
        return state.version();
    }
}
