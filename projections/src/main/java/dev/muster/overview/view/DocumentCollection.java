package dev.muster.overview.view;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection that is also used from inside this process. The base class keeps each document under its {@code _id}
 * and, beside it, the unique index through which the wire finds it; no other index is made here.
 */
final class DocumentCollection extends H2Collection {

    private final MVMap<Object, Document> documents;

    DocumentCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            MVMap<Object, Document> documents,
            MVMap<String, Object> facts,
            CursorRegistry cursors) {
        super(database, name, options, documents, facts, cursors);
        this.documents = documents;
    }

    /** The document with this {@code _id}; nobody may change it. */
    @Nullable
    Document at(String id) {
        return documents.get(id);
    }

    /**
     * Stores a document whole, in the place of the one with the same {@code _id} if there is one. It is not to be
     * changed afterwards: readers on the wire may still be sending it when the next one takes its place.
     */
    synchronized void put(String id, Document document) {
        // The index leads from the id to the id: it stays as it is when a document is replaced.
        if (documents.replace(id, document) == null) {
            addDocument(document);
        }
    }

    /** Nobody asks for a collection's size in bytes, and to know it each document is encoded once more per write. */
    @Override
    protected boolean tracksDataSize() {
        return false;
    }
}
