package dev.muster.overview.view;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Documents over MongoDB's driver. One is replaced only by one that has seen more. So a repeated batch and a second
 * node change nothing: the store then tries to insert and says "duplicate key", which is how it says "seen already".
 * Only single-document upserts are used, because the embedded server has no transactions.
 */
final class WireDocuments implements StoredDocuments {

    private static final int DUPLICATE_KEY = 11000;

    private final MongoDatabase database;
    private final int writeMax;
    private final Duration wait;
    private volatile boolean guarded = true;

    WireDocuments(MongoDatabase database, ViewSettings settings) {
        this.database = database;
        this.writeMax = settings.writeMax();
        this.wait = settings.storeWait();
    }

    /**
     * Finds out what kind of store this is. The embedded one belongs to this process alone, where one thread writes each
     * document and has read its position before, so nothing else need guard it; and there a filter beside {@code _id}
     * would look through the whole collection for every document. Every other store may have other nodes as writers.
     */
    void open() {
        List<Document> buildInfo = all(database.runCommand(new Document("buildInfo", 1)));
        guarded = !buildInfo.isEmpty() && buildInfo.getFirst().containsKey("gitVersion");
    }

    @Override
    public boolean ownedByThisProcess() {
        return !guarded;
    }

    @Override
    public List<StoredDocument> load(String collection, List<String> ids) {
        return find(collection, Filters.in("_id", ids)).stream()
                .map(WireDocuments::stored)
                .toList();
    }

    @Override
    public void write(String collection, List<StoredDocument> documents) {
        List<WriteModel<Document>> writes = new ArrayList<>();
        for (StoredDocument stored : documents) {
            Document replaced = new Document("_id", stored.id());
            if (guarded) {
                replaced.append(StoredDocument.POSITION, new Document("$lt", stored.position()));
            }
            writes.add(replacement(replaced, document(stored)));
        }
        bulk(collection, writes);
    }

    /** Upserts whole documents by their {@code _id}, whatever was there. */
    void save(String collection, List<Document> documents) {
        List<WriteModel<Document>> writes = new ArrayList<>();
        for (Document document : documents) {
            writes.add(replacement(Filters.eq("_id", document.get("_id")), document));
        }
        bulk(collection, writes);
    }

    List<Document> find(String collection, Bson filter) {
        return all(database.getCollection(collection).find(filter));
    }

    void delete(String collection, Bson filter) {
        done(database.getCollection(collection).deleteMany(filter));
    }

    void drop(String collection) {
        done(database.getCollection(collection).drop());
    }

    private static WriteModel<Document> replacement(Bson replaced, Document document) {
        return new ReplaceOneModel<>(replaced, document, new ReplaceOptions().upsert(true));
    }

    private void bulk(String collection, List<WriteModel<Document>> writes) {
        for (int from = 0; from < writes.size(); from += writeMax) {
            List<WriteModel<Document>> part = writes.subList(from, Math.min(writes.size(), from + writeMax));
            try {
                done(database.getCollection(collection).bulkWrite(part, new BulkWriteOptions().ordered(false)));
            } catch (MongoBulkWriteException e) {
                if (e.getWriteConcernError() != null
                        || e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
                    throw e;
                }
            }
        }
    }

    private static StoredDocument stored(Document document) {
        return new StoredDocument(
                document.getString("_id"),
                document.get(StoredDocument.POSITION, Number.class).longValue(),
                document.getString(StoredDocument.VIEW));
    }

    private static Document document(StoredDocument stored) {
        Document document = new Document("_id", stored.id()).append(StoredDocument.POSITION, stored.position());
        return stored.view() == null ? document : document.append(StoredDocument.VIEW, stored.view());
    }

    private List<Document> all(Publisher<Document> documents) {
        List<Document> all = Flux.from(documents).collectList().block(wait);
        return all == null ? List.of() : all;
    }

    private void done(Publisher<?> work) {
        Mono.from(work).block(wait);
    }
}
