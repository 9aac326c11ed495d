package dev.muster.server.log;

import dev.muster.kernel.Recorded;
import dev.muster.store.StoredEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.InitialEventRepresentation;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;

/** Turns stored bytes into events, through the upcasters, as Axon does for aggregates. */
final class RecordedCodec {

    private final Serializer serializer;
    private final EventUpcaster upcasters;

    RecordedCodec(Serializer serializer, EventUpcaster upcasters) {
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    List<Recorded> decode(List<StoredEvent> stored) {
        List<Recorded> decoded = new ArrayList<>(stored.size());
        for (StoredEvent each : stored) {
            decoded.add(decode(each));
        }
        return decoded;
    }

    private Recorded decode(StoredEvent stored) {
        Object payload = payload(stored);
        MetaData metadata = serializer.deserialize(new SimpleSerializedObject<>(
                stored.metadata(), byte[].class, new SimpleSerializedType(MetaData.class.getName(), null)));
        Map<String, Object> meta = metadata == null ? Map.of() : new LinkedHashMap<>(metadata);
        return new Recorded(
                stored.position(),
                stored.id(),
                stored.timestamp(),
                payload,
                stored.aggregateId(),
                stored.sequence(),
                meta);
    }

    private Object payload(StoredEvent stored) {
        var entry = new GenericDomainEventEntry<>(
                stored.aggregateType(),
                stored.stream(),
                stored.sequence(),
                stored.id(),
                stored.timestamp(),
                stored.type(),
                stored.revision(),
                stored.payload(),
                stored.metadata());
        return upcasters
                .upcast(java.util.stream.Stream.of(new InitialEventRepresentation(entry, serializer)))
                .findFirst()
                .map(IntermediateEventRepresentation::getData)
                .<Object>map(data -> {
                    Object event = serializer.deserialize(data);
                    return event instanceof UnknownSerializedType ? new UnknownEvent(stored.type()) : event;
                })
                .orElseGet(() -> new UnknownEvent(stored.type()));
    }

    /** An event of a type this version does not know; folds pass over it. */
    record UnknownEvent(String type) {}
}
