package dev.muster.store;

import java.time.Instant;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventData;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/** Stored events in the shapes Axon asks for: with a token or without, within an aggregate or outside any. */
interface EventView extends EventData<byte[]> {

    StoredEvent event();

    @Override
    default String getEventIdentifier() {
        return event().id();
    }

    @Override
    default Instant getTimestamp() {
        return event().timestamp();
    }

    @Override
    default SerializedObject<byte[]> getMetaData() {
        return new SerializedMetaData<>(event().metadata(), byte[].class);
    }

    @Override
    default SerializedObject<byte[]> getPayload() {
        return new SimpleSerializedObject<>(
                event().payload(), byte[].class, new SimpleSerializedType(event().type(), event().revision()));
    }

    static TrackedEventData<byte[]> tracked(StoredEvent event, TrackingToken token) {
        return event.aggregateId() == null ? new Outside(event, token) : new TrackedWithin(event, token);
    }

    /** A message with its content serialised, before it has a position. */
    static StoredEvent unstored(EventMessage<?> event, Serializer serializer) {
        SerializedObject<byte[]> payload = event.serializePayload(serializer, byte[].class);
        SerializedObject<byte[]> metadata = event.serializeMetaData(serializer, byte[].class);
        DomainEventMessage<?> domain = event instanceof DomainEventMessage<?> of ? of : null;
        return new StoredEvent(
                StoredEvent.UNSTORED,
                event.getIdentifier(),
                event.getTimestamp(),
                payload.getType().getName(),
                payload.getType().getRevision(),
                domain == null ? null : domain.getType(),
                domain == null ? null : domain.getAggregateIdentifier(),
                domain == null ? 0 : domain.getSequenceNumber(),
                payload.getData(),
                metadata.getData());
    }

    /** An event of an aggregate. */
    interface OfAggregate extends EventView, DomainEventData<byte[]> {

        @Override
        default @Nullable String getType() {
            return event().aggregateType();
        }

        @Override
        default String getAggregateIdentifier() {
            return event().stream();
        }

        @Override
        default long getSequenceNumber() {
            return event().sequence();
        }
    }

    /** Read by aggregate. */
    record Within(StoredEvent event) implements OfAggregate {}

    /** Read by position. */
    record TrackedWithin(StoredEvent event, TrackingToken trackingToken)
            implements OfAggregate, TrackedEventData<byte[]> {}

    /** Read by position, of no aggregate. */
    record Outside(StoredEvent event, TrackingToken trackingToken) implements EventView, TrackedEventData<byte[]> {}
}
