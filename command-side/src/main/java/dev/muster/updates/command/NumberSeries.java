package dev.muster.updates.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.updates.NumberCommand.ReserveNumbers;
import dev.muster.updates.NumberEvent;
import dev.muster.updates.NumberEvent.NumbersReserved;
import dev.muster.updates.UpdatesRefusal;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** A series of integers that is given out in blocks, each number once. */
public class NumberSeries {

    @AggregateIdentifier
    private @Nullable String id;

    private long last;

    protected NumberSeries() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    NumbersReserved handle(ReserveNumbers c) {
        if (c.count() < 1 || last > c.series().top() - c.count()) {
            throw UpdatesRefusal.QUOTA_EXCEEDED.because("The series " + c.series() + " has no " + c.count() + " left.");
        }
        NumbersReserved event = new NumbersReserved(c.series(), last + 1, last + c.count());
        AggregateLifecycle.apply(event);
        return event;
    }

    @EventSourcingHandler
    void on(NumberEvent event) {
        id = "numbers/" + event.series();
        if (event instanceof NumbersReserved e) {
            last = e.last();
        }
    }
}
