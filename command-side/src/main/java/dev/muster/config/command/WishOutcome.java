package dev.muster.config.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.config.WishOutcomeCommand.ReportWish;
import dev.muster.config.WishOutcomeEvent;
import dev.muster.config.WishOutcomeEvent.WishApplied;
import dev.muster.config.WishOutcomeEvent.WishRefused;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What a device makes of what it should have of one registry. It may change its mind; saying the same again is silent.
 */
public class WishOutcome {

    @AggregateIdentifier
    private @Nullable String id;

    private @Nullable WishOutcomeEvent last;

    protected WishOutcome() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ReportWish command) {
        WishOutcomeEvent event = command.applied()
                ? new WishApplied(command.device(), command.registry(), command.tag(), command.message())
                : new WishRefused(command.device(), command.registry(), command.tag(), command.message());
        if (!Objects.equals(event, last)) {
            AggregateLifecycle.apply(event);
        }
    }

    @EventSourcingHandler
    void on(WishOutcomeEvent event) {
        id = WishOutcomeEvent.aggregateId(event.registry(), event.device());
        last = event;
    }
}
