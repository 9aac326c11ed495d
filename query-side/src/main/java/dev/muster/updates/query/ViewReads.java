package dev.muster.updates.query;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the views. Each collection exists in generations; which one serves stands in collection {@code generations} and
 * is remembered for a moment. Only finds: nothing here can write.
 */
public final class ViewReads {

    private static final String GENERATIONS = "generations";
    private static final String POSITION = "position";
    private static final String VIEW = "view";

    private final MongoDatabase database;
    private final Clock clock;
    private final QuerySettings settings;
    private final JsonMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private final ConcurrentHashMap<String, Serving> serving = new ConcurrentHashMap<>();

    private record Serving(int generation, long until) {}

    /** A view with the position that its document has seen. */
    record Seen<V>(V view, long position) {}

    public ViewReads(MongoDatabase database, Clock clock, QuerySettings settings) {
        this.database = database;
        this.clock = clock;
        this.settings = settings;
    }

    <V> Mono<Seen<V>> find(String collection, String id, Class<V> type) {
        return in(collection)
                .flatMap(documents ->
                        Mono.from(documents.find(Filters.eq("_id", id)).first()))
                .map(document -> view(document, type));
    }

    /** Those of the ids that exist, in no order. */
    <V> Flux<V> find(String collection, List<String> ids, Class<V> type) {
        return in(collection)
                .flatMapMany(documents -> Flux.from(documents.find(Filters.in("_id", ids))))
                .map(document -> view(document, type).view());
    }

    /** All of a small collection, without the members named. */
    <V> Flux<V> all(String collection, int most, Class<V> type, String... without) {
        return in(collection)
                .flatMapMany(documents -> Flux.from(documents.find().limit(most)))
                .map(document -> {
                    ObjectNode members = (ObjectNode) mapper.readTree(document.getString(VIEW));
                    return mapper.treeToValue(members.without(List.of(without)), type);
                });
    }

    private <V> Seen<V> view(Document document, Class<V> type) {
        long position = document.get(POSITION, Number.class).longValue();
        return new Seen<>(mapper.readValue(document.getString(VIEW), type), position);
    }

    private Mono<MongoCollection<Document>> in(String collection) {
        return Mono.defer(() -> {
            Serving known = serving.get(collection);
            if (known != null && clock.millis() < known.until()) {
                return Mono.just(stored(collection, known.generation()));
            }
            return Mono.from(database.getCollection(GENERATIONS)
                            .find(Filters.eq("_id", collection))
                            .first())
                    .map(document -> document.get("serving", Number.class).intValue())
                    .defaultIfEmpty(1)
                    .map(generation -> {
                        long until =
                                clock.millis() + settings.generationCacheMax().toMillis();
                        serving.put(collection, new Serving(generation, until));
                        return stored(collection, generation);
                    });
        });
    }

    private MongoCollection<Document> stored(String collection, int generation) {
        return database.getCollection(collection + "@" + generation);
    }
}
