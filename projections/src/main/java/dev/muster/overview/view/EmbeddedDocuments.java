package dev.muster.overview.view;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The embedded store's documents, taken from its collections and put there without the wire between, where whoever
 * comes over the wire sees them at once. One thread writes each document and has read its position before, so nothing
 * guards it here. The store closes its file under a thread that is interrupted while it reads: only projections' own
 * threads come here, which nobody interrupts, and what others may ask for goes over the wire.
 */
final class EmbeddedDocuments implements StoredDocuments {

    private final DocumentBackend backend;
    private final String database;

    EmbeddedDocuments(DocumentBackend backend, String database) {
        this.backend = backend;
        this.database = database;
    }

    @Override
    public List<StoredDocument> load(String collection, List<String> ids) {
        DocumentCollection from = backend.existing(database, collection);
        if (from == null) {
            return List.of();
        }
        List<StoredDocument> loaded = new ArrayList<>(ids.size());
        for (String id : ids) {
            Document document = from.at(id);
            if (document != null) {
                loaded.add(stored(id, document));
            }
        }
        return loaded;
    }

    @Override
    public void write(String collection, List<StoredDocument> documents) {
        DocumentCollection into = backend.collection(database, collection);
        for (StoredDocument stored : documents) {
            into.put(stored.id(), document(stored));
        }
    }

    @Override
    public boolean ownedByThisProcess() {
        return true;
    }

    private static StoredDocument stored(String id, Document document) {
        Number position = (Number) Objects.requireNonNull(document.get(StoredDocument.POSITION), "position");
        return new StoredDocument(id, position.longValue(), (String) document.get(StoredDocument.VIEW));
    }

    private static Document document(StoredDocument stored) {
        Document document = new Document("_id", stored.id()).append(StoredDocument.POSITION, stored.position());
        return stored.view() == null ? document : document.append(StoredDocument.VIEW, stored.view());
    }
}
