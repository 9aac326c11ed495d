package dev.muster.lab;

import dev.muster.kernel.AggregateCommand;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a queued request. What came too late changes nothing and answers {@code false}. */
public sealed interface LabRequestCommand extends AggregateCommand {

    ReservationId id();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "lab-request/" + id();
    }

    /** @param wish what the reservation shall be */
    record QueueRequest(ReservationId id, LabRequestEvent.Wish wish) implements LabRequestCommand {}

    /** A board was reserved for it and is being prepared. */
    record GrantRequest(ReservationId id, BoardName board) implements LabRequestCommand {}

    /** The board could not be made ready: back to its old place, or failed after three boards. */
    record ReturnRequest(ReservationId id, String code, String message) implements LabRequestCommand {}

    /** The board was handed over. */
    record FulfilRequest(ReservationId id) implements LabRequestCommand {}

    /** @param by who wants it; null: an administrator, who need not be the owner */
    record CancelRequest(ReservationId id, @Nullable String by) implements LabRequestCommand {}

    /** Nobody waits for it any longer. */
    record ExpireRequest(ReservationId id, Instant now) implements LabRequestCommand {}
}
