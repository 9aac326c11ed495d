package dev.muster.overview.view;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Documents in MongoDB. A document is a view as JSON text, beside its {@code _id} and the {@code position} it has seen:
 * views are only ever read by key and as a whole, so a store that need not look inside is several times quicker. It is
 * replaced only by one that has seen more. So a repeated batch and a second node change nothing: the store then
 * tries to insert and says "duplicate key", which is how it says "seen already". Only single-document
 * upserts are used, because the embedded server has no transactions. Waits for the store on the caller's thread.
 */
public final class ViewStore {

    static final String POSITION = "position";
    static final String VIEW = "view";
    private static final int DUPLICATE_KEY = 11000;

    private final MongoDatabase database;
    private final JsonMapper mapper;
    private final int writeMax;
    private final Duration wait;
    private final Lock writing;
    private volatile boolean guarded = true;

    /** @param mapper turns views into JSON and back; enums keep their Java names */
    ViewStore(MongoDatabase database, JsonMapper mapper, ViewSettings settings, Checkpoints checkpoints) {
        this.database = database;
        this.mapper = mapper;
        this.writeMax = settings.writeMax();
        this.wait = settings.storeWait();
        this.writing = checkpoints.writing();
    }

    /** Writes that a crash must find all or none of, on a store that saves itself at checkpoints. */
    void together(Runnable writes) {
        writing.lock();
        try {
            writes.run();
        } finally {
            writing.unlock();
        }
    }

    /** The collection's name in a generation. */
    static String stored(String collection, int generation) {
        return collection + "@" + generation;
    }

    Map<ViewKey, Batch.Held> load(Collection<ViewKey> keys, int generation) {
        Map<ViewCollection<?>, List<String>> ids = new LinkedHashMap<>();
        keys.forEach(key ->
                ids.computeIfAbsent(key.collection(), any -> new ArrayList<>()).add(key.id()));
        Map<ViewKey, Batch.Held> loaded = new HashMap<>();
        ids.forEach((collection, wanted) -> {
            MongoCollection<Document> documents = database.getCollection(stored(collection.name(), generation));
            for (Document document : all(documents.find(Filters.in("_id", wanted)))) {
                loaded.put(collection.key(document.getString("_id")), held(document, collection.type()));
            }
        });
        return loaded;
    }

    void write(List<Map.Entry<ViewKey, Batch.Held>> changes, int generation) {
        Map<ViewCollection<?>, List<WriteModel<Document>>> writes = new LinkedHashMap<>();
        for (Map.Entry<ViewKey, Batch.Held> change : changes) {
            writes.computeIfAbsent(change.getKey().collection(), any -> new ArrayList<>())
                    .add(replacement(document(change.getKey().id(), change.getValue())));
        }
        writes.forEach((collection, all) -> bulk(stored(collection.name(), generation), all));
    }

    /** The position up to which a projection's generation is stored, -1 at its start. */
    long position(String name) {
        Document token = first(database.getCollection("tokens").find(Filters.eq("_id", name)));
        return token == null ? -1 : token.get(POSITION, Number.class).longValue();
    }

    void savePosition(String name, long position) {
        bulk("tokens", List.of(replacement(new Document("_id", name).append(POSITION, position))));
    }

    /** Upserts documents of the machinery's own, unconditionally. */
    void save(String collection, List<Document> documents) {
        List<WriteModel<Document>> writes = new ArrayList<>();
        for (Document document : documents) {
            writes.add(new ReplaceOneModel<>(
                    Filters.eq("_id", document.get("_id")), document, new ReplaceOptions().upsert(true)));
        }
        bulk(collection, writes);
    }

    List<Document> find(String collection, Bson filter) {
        return all(database.getCollection(collection).find(filter));
    }

    void delete(String collection, Bson filter) {
        together(() -> done(database.getCollection(collection).deleteMany(filter)));
    }

    void drop(String collection) {
        together(() -> done(database.getCollection(collection).drop()));
    }

    /**
     * Finds out what kind of store this is. The embedded one belongs to this process alone, where one thread writes each
     * document and has read its position before, so nothing else need guard it; and there a filter beside {@code _id}
     * would look through the whole collection for every document. Every other store may have other nodes as writers.
     */
    void open() {
        Document buildInfo = first(database.runCommand(new Document("buildInfo", 1)));
        guarded = buildInfo != null && buildInfo.containsKey("gitVersion");
    }

    /** Whether nobody else writes these documents. */
    boolean ownedByThisProcess() {
        return !guarded;
    }

    private WriteModel<Document> replacement(Document document) {
        Document older = new Document("_id", document.get("_id"));
        if (guarded) {
            older.append(POSITION, new Document("$lt", document.get(POSITION, Number.class)));
        }
        return new ReplaceOneModel<>(older, document, new ReplaceOptions().upsert(true));
    }

    private void bulk(String collection, List<WriteModel<Document>> writes) {
        for (int from = 0; from < writes.size(); from += writeMax) {
            List<WriteModel<Document>> part = writes.subList(from, Math.min(writes.size(), from + writeMax));
            try {
                together(() -> done(
                        database.getCollection(collection).bulkWrite(part, new BulkWriteOptions().ordered(false))));
            } catch (MongoBulkWriteException e) {
                if (e.getWriteConcernError() != null
                        || e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
                    throw e;
                }
            }
        }
    }

    private Batch.Held held(Document document, Class<?> type) {
        long position = document.get(POSITION, Number.class).longValue();
        return new Batch.Held(mapper.readValue(document.getString(VIEW), type), position);
    }

    private Document document(String id, Batch.Held held) {
        return new Document("_id", id)
                .append(POSITION, held.position())
                .append(VIEW, mapper.writeValueAsString(held.view()));
    }

    private List<Document> all(Publisher<Document> documents) {
        List<Document> all = Flux.from(documents).collectList().block(wait);
        return all == null ? List.of() : all;
    }

    private @Nullable Document first(Publisher<Document> documents) {
        return Flux.from(documents).next().block(wait);
    }

    private void done(Publisher<?> work) {
        Mono.from(work).block(wait);
    }
}
