package dev.muster.overview.view;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Views as documents. A document is a view as JSON text, beside its {@code _id} and the {@code position} it has seen:
 * views are only ever read by key and as a whole, so a store that need not look inside is several times quicker. Views
 * and places take the road of {@link StoredDocuments}; what the machinery keeps beside them, and looks for seldom, goes
 * over the wire. Waits for the store on the caller's thread.
 */
public final class ViewStore {

    private static final String TOKENS = "tokens";

    private final WireDocuments wire;
    private final StoredDocuments documents;
    private final JsonMapper mapper;
    private final Checkpoints checkpoints;

    /**
     * With everything over the wire.
     *
     * @param mapper turns views into JSON and back; enums keep their Java names
     */
    ViewStore(MongoDatabase database, JsonMapper mapper, ViewSettings settings, Checkpoints checkpoints) {
        this(new WireDocuments(database, settings), null, mapper, checkpoints);
    }

    /** On the embedded store, of which {@code database} is a client's view. */
    ViewStore(MongoDatabase database, JsonMapper mapper, ViewSettings settings, EmbeddedViewServer embedded) {
        this(
                new WireDocuments(database, settings),
                embedded.documents(database.getName()),
                mapper,
                embedded.checkpoints());
    }

    private ViewStore(
            WireDocuments wire, @Nullable StoredDocuments direct, JsonMapper mapper, Checkpoints checkpoints) {
        this.wire = wire;
        this.documents = direct == null ? wire : direct;
        this.mapper = mapper;
        this.checkpoints = checkpoints;
    }

    /** Writes that a crash must find all or none of, on a store that saves itself at checkpoints. */
    void together(Runnable writes) {
        checkpoints.together(writes);
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
            for (StoredDocument document : documents.load(stored(collection.name(), generation), wanted)) {
                loaded.put(collection.key(document.id()), held(document, collection.type()));
            }
        });
        return loaded;
    }

    void write(List<Map.Entry<ViewKey, Batch.Held>> changes, int generation) {
        Map<ViewCollection<?>, List<StoredDocument>> writes = new LinkedHashMap<>();
        for (Map.Entry<ViewKey, Batch.Held> change : changes) {
            writes.computeIfAbsent(change.getKey().collection(), any -> new ArrayList<>())
                    .add(document(change.getKey().id(), change.getValue()));
        }
        together(
                () -> writes.forEach((collection, all) -> documents.write(stored(collection.name(), generation), all)));
    }

    /** The position up to which a projection's generation is stored, -1 at its start. */
    long position(String name) {
        List<Document> found = wire.find(TOKENS, Filters.eq("_id", name));
        return found.isEmpty()
                ? -1
                : found.getFirst().get(StoredDocument.POSITION, Number.class).longValue();
    }

    void savePosition(String name, long position) {
        together(() -> documents.write(TOKENS, List.of(new StoredDocument(name, position, null))));
    }

    /** Upserts documents of the machinery's own, unconditionally. */
    void save(String collection, List<Document> saved) {
        together(() -> wire.save(collection, saved));
    }

    List<Document> find(String collection, Bson filter) {
        return wire.find(collection, filter);
    }

    void delete(String collection, Bson filter) {
        together(() -> wire.delete(collection, filter));
    }

    void drop(String collection) {
        together(() -> wire.drop(collection));
    }

    /** Finds out what kind of store this is. */
    void open() {
        wire.open();
    }

    /** Whether nobody else writes these documents. */
    boolean ownedByThisProcess() {
        return documents.ownedByThisProcess();
    }

    private Batch.Held held(StoredDocument document, Class<?> type) {
        String view = Objects.requireNonNull(document.view(), "view");
        return new Batch.Held(mapper.readValue(view, type), document.position());
    }

    private StoredDocument document(String id, Batch.Held held) {
        return new StoredDocument(id, held.position(), mapper.writeValueAsString(held.view()));
    }
}
