package dev.muster.store;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.eventsourcing.eventstore.BatchingEventStorageEngine;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

/**
 * Axon's view of the {@link EmbeddedStore}; put Axon's own {@code EmbeddedEventStore} in front of it.
 *
 * <p>Within a unit of work, events are staged and committed once, in its commit phase. Every conflict, also of an
 * aggregate's first event, is a {@code ConcurrencyException}.
 *
 * <p>Tokens are gap-aware ones without gaps: positions have none, and Axon 4.13.0's replay token misjudges tokens of
 * kinds that know no gaps.
 */
public final class RocksEventStorageEngine extends BatchingEventStorageEngine {

    private static final int FETCH_EVENTS = 500;

    private final EmbeddedStore store;

    private RocksEventStorageEngine(EmbeddedStore store, Builder builder) {
        super(builder);
        this.store = store;
    }

    /** An engine without upcasters whose snapshots are all welcome. */
    public static RocksEventStorageEngine over(EmbeddedStore store, Serializer events, Serializer snapshots) {
        return over(store, events, snapshots, intermediate -> intermediate, SnapshotFilter.allowAll());
    }

    /**
     * @param events turns payload and metadata of events into bytes and back
     * @param snapshots the same for snapshots
     * @param upcasters brings old events to the present, while reading
     * @param usable tells which snapshots may be used; others are as if they were not there
     */
    public static RocksEventStorageEngine over(
            EmbeddedStore store,
            Serializer events,
            Serializer snapshots,
            EventUpcaster upcasters,
            SnapshotFilter usable) {
        Builder builder = new Builder();
        builder.batchSize(FETCH_EVENTS)
                .eventSerializer(events)
                .snapshotSerializer(snapshots)
                .upcasterChain(upcasters)
                .snapshotFilter(usable);
        return new RocksEventStorageEngine(store, builder);
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        List<Commit.Entry> entries = events.stream()
                .map(event -> store.entry(EventView.unstored(event, serializer)))
                .toList();
        if (StagedCommit.possible()) {
            entries.forEach(StagedCommit.of(store)::append);
        } else {
            Commit commit = new Commit();
            entries.forEach(commit::append);
            store.commit(commit);
        }
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        store.putSnapshot(EventView.unstored(snapshot, serializer));
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateIdentifier) {
        return Stream.ofNullable(store.snapshot(aggregateIdentifier)).map(EventView.Within::new);
    }

    @Override
    protected List<? extends TrackedEventData<?>> fetchTrackedEvents(@Nullable TrackingToken lastToken, int batchSize) {
        return store.read(positionOf(lastToken) + 1, batchSize).stream()
                .map(event -> EventView.tracked(event, token(event.position())))
                .toList();
    }

    @Override
    protected List<? extends DomainEventData<?>> fetchDomainEvents(
            String aggregateIdentifier, long firstSequenceNumber, int batchSize) {
        return store.readAggregate(aggregateIdentifier, firstSequenceNumber, batchSize).stream()
                .filter(event -> event.aggregateId() != null)
                .map(EventView.Within::new)
                .toList();
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
        OptionalLong last = store.lastSequence(aggregateIdentifier);
        return last.isPresent() ? Optional.of(last.getAsLong()) : Optional.empty();
    }

    /** Before the first event there is nothing: no token. */
    @Override
    @SuppressWarnings("NullAway") // Axon's word for the start of the stream is null
    public TrackingToken createTailToken() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway")
    public TrackingToken createHeadToken() {
        return tokenOrStart(store.committed());
    }

    @Override
    @SuppressWarnings("NullAway")
    public TrackingToken createTokenAt(Instant dateTime) {
        return tokenOrStart(store.firstAtOrAfter(dateTime) - 1);
    }

    /** The token after which the event at the next position comes. */
    public static TrackingToken token(long position) {
        return GapAwareTrackingToken.newInstance(position, Collections.emptySet());
    }

    /** The position a token stands at, -1 for the start of the stream. */
    public static long positionOf(@Nullable TrackingToken token) {
        TrackingToken lower = token == null ? null : WrappedToken.unwrapLowerBound(token);
        if (lower == null) {
            return -1;
        }
        if (lower instanceof GapAwareTrackingToken gapAware && gapAware.hasGaps()) {
            throw new IllegalArgumentException("this store has no gaps, so it cannot serve token " + gapAware);
        }
        return lower.position()
                .orElseThrow(() -> new IllegalArgumentException("this store cannot serve token " + lower));
    }

    private static @Nullable TrackingToken tokenOrStart(long position) {
        return position < 0 ? null : token(position);
    }

    private static final class Builder extends BatchingEventStorageEngine.Builder {}
}
