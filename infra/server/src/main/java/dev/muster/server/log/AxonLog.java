package dev.muster.server.log;

import dev.muster.kernel.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** The log in any Axon event store: Axon Server above all. */
public final class AxonLog implements Log {

    private final EventStore store;

    public AxonLog(EventStore store) {
        this.store = store;
    }

    @Override
    public long committed() {
        TrackingToken head = store.createHeadToken();
        return head == null ? -1 : head.position().orElse(-1);
    }

    @Override
    public LogCursor after(long position) {
        BlockingStream<TrackedEventMessage<?>> stream =
                store.openStream(position < 0 ? null : new GlobalSequenceTrackingToken(position));
        return new LogCursor() {
            @Override
            public List<Recorded> next(int max, Duration waitMax) throws InterruptedException {
                List<Recorded> read = new ArrayList<>();
                if (stream.hasNextAvailable((int) waitMax.toMillis(), TimeUnit.MILLISECONDS)) {
                    do {
                        TrackedEventMessage<?> event = stream.nextAvailable();
                        read.add(
                                recorded(event, event.trackingToken().position().orElse(-1)));
                    } while (read.size() < max && stream.peek().isPresent());
                }
                return read;
            }

            @Override
            public void close() {
                stream.close();
            }
        };
    }

    @Override
    public List<Recorded> of(String aggregate) {
        List<Recorded> all = new ArrayList<>();
        store.readEvents(aggregate).asStream().forEach(event -> all.add(recorded(event, -1)));
        return all;
    }

    @Override
    public List<Recorded> of(String aggregate, long fromSequence, int limit) {
        return store.readEvents(aggregate, fromSequence)
                .asStream()
                .limit(limit)
                .<Recorded>map(event -> recorded(event, -1))
                .toList();
    }

    private static Recorded recorded(EventMessage<?> event, long position) {
        boolean domain = event instanceof DomainEventMessage<?> d && d.getType() != null;
        return new Recorded(
                position,
                event.getIdentifier(),
                event.getTimestamp(),
                event.getPayload(),
                domain ? ((DomainEventMessage<?>) event).getAggregateIdentifier() : null,
                domain ? ((DomainEventMessage<?>) event).getSequenceNumber() : 0,
                event.getMetaData());
    }
}
