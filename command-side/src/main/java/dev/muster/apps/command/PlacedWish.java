package dev.muster.apps.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.apps.AppWishCommand;
import dev.muster.apps.AppWishCommand.AdoptRelease;
import dev.muster.apps.AppWishCommand.InheritApp;
import dev.muster.apps.AppWishCommand.WantApp;
import dev.muster.apps.AppWishEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** What one place says about one app. Nothing of what devices have is known here: they get it whenever they come. */
public class PlacedWish {

    @AggregateIdentifier
    private @Nullable String id;

    private @Nullable AppWishEvent last;

    protected PlacedWish() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(WantApp c) {
        return apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(InheritApp c) {
        return apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(AdoptRelease c) {
        return apply(c);
    }

    @EventSourcingHandler
    void on(AppWishEvent event) {
        id = AppWishEvent.aggregateId(event.app(), event.place());
        last = event;
    }

    /** Answers the version. */
    private long apply(AppWishCommand c) {
        AppWishDecision.decide(c, last).forEach(AggregateLifecycle::apply);
        return last == null ? 0 : last.version();
    }
}
