package dev.muster.server.log;

import dev.muster.kernel.EventNames;
import dev.muster.kernel.Recorded;
import dev.muster.store.StoredEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.InitialEventRepresentation;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;

/**
 * Turns stored bytes into events. What is of the present revision is read straight from its JSON, by the mapper of the
 * serializer that wrote it; what is older goes through the upcasters, as Axon does it for aggregates. A start reads all
 * of history through here, so it is a hot path.
 */
final class RecordedCodec {

    private static final TypeReference<LinkedHashMap<String, Object>> METADATA = new TypeReference<>() {};

    private final Jackson3Serializer serializer;
    private final EventUpcaster upcasters;
    private final EventNames names;
    private final ObjectReader metadata;
    private final Map<String, Present> present = new ConcurrentHashMap<>();

    /** How events of one stored name are read today. */
    private record Present(String revision, ObjectReader reader) {}

    RecordedCodec(Jackson3Serializer serializer, EventUpcaster upcasters, EventNames names) {
        this.serializer = serializer;
        this.upcasters = upcasters;
        this.names = names;
        this.metadata = serializer.getObjectMapper().readerFor(METADATA);
    }

    List<Recorded> decode(List<StoredEvent> stored) {
        List<Recorded> decoded = new ArrayList<>(stored.size());
        for (StoredEvent each : stored) {
            decoded.add(decode(each));
        }
        return decoded;
    }

    private Recorded decode(StoredEvent stored) {
        Map<String, Object> meta = metadata.readValue(stored.metadata());
        return new Recorded(
                stored.position(),
                stored.id(),
                stored.timestamp(),
                payload(stored),
                stored.aggregateId(),
                stored.sequence(),
                meta == null ? Map.of() : meta);
    }

    private Object payload(StoredEvent stored) {
        Present now = present(stored.type());
        return now != null && now.revision().equals(stored.revision())
                ? now.reader().readValue(stored.payload())
                : upcast(stored);
    }

    private @Nullable Present present(String type) {
        Present known = present.get(type);
        if (known != null) {
            return known;
        }
        Class<?> event = names.type(type);
        if (event == null) {
            return null;
        }
        Present found = new Present(
                EventNames.revision(event), serializer.getObjectMapper().readerFor(event));
        present.put(type, found);
        return found;
    }

    private Object upcast(StoredEvent stored) {
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
                .upcast(Stream.of(new InitialEventRepresentation(entry, serializer)))
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
