package dev.muster.updates;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Wire protocols want small integers; they are drawn in blocks, so that no two nodes ever draw the same. */
public sealed interface NumberCommand {

    Series series();

    @TargetAggregateIdentifier
    default String aggregateId() {
        return "numbers/" + series();
    }

    /** Answers {@link NumberEvent.NumbersReserved}. */
    record ReserveNumbers(Series series, int count) implements NumberCommand {}

    /** What is numbered. Actions stay within a positive int32; modules within an int64. */
    enum Series {
        ACTION,
        MODULE
    }
}
