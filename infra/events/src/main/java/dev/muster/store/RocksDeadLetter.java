package dev.muster.store;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.Cause;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.jspecify.annotations.Nullable;

/** A letter of a {@link RocksDeadLetterQueue}, with its place in it: its sequence and its number there. */
record RocksDeadLetter(
        Place place,
        EventMessage<?> message,
        @Nullable Cause known,
        Instant enqueuedAt,
        Instant lastTouched,
        MetaData diagnostics,
        Clock clock)
        implements DeadLetter<EventMessage<?>> {

    /** Where a letter lies. */
    record Place(String sequence, long number) {}

    @Override
    public Optional<Cause> cause() {
        return Optional.ofNullable(known);
    }

    @Override
    public DeadLetter<EventMessage<?>> markTouched() {
        return with(known, diagnostics);
    }

    @Override
    public DeadLetter<EventMessage<?>> withCause(@Nullable Throwable requeueCause) {
        return with(requeueCause == null ? known : ThrowableCause.asCause(requeueCause), diagnostics);
    }

    @Override
    public DeadLetter<EventMessage<?>> withDiagnostics(MetaData newDiagnostics) {
        return with(known, newDiagnostics);
    }

    private RocksDeadLetter with(@Nullable Cause newCause, MetaData newDiagnostics) {
        return new RocksDeadLetter(place, message, newCause, enqueuedAt, clock.instant(), newDiagnostics, clock);
    }
}
