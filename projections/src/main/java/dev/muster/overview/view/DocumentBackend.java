package dev.muster.overview.view;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** The embedded server's own file store, but with documents and keys in forms of ours: {@link BsonDataType}, {@link KeyDataType}. */
final class DocumentBackend extends H2Backend {

    DocumentBackend(MVStore store) {
        super(store);
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new DocumentDatabase(name, getMvStore(), getCursorRegistry());
    }

    /** A collection, made when it is not there. Never kept by the caller: it may be dropped and made anew. */
    DocumentCollection collection(String database, String name) {
        return database(database).collection(name);
    }

    @Nullable
    DocumentCollection existing(String database, String name) {
        return (DocumentCollection) database(database).resolveCollection(name, false);
    }

    private DocumentDatabase database(String name) {
        return (DocumentDatabase) resolveDatabase(name);
    }

    private static final class DocumentDatabase extends H2Database {

        /** How the base class names the maps of a collection; it looks for them under these names. */
        private static final String DOCUMENTS = "databases.";

        private static final String FACTS = "meta.";
        private static final String INDEX = "._index_";

        private final MVStore store;

        DocumentDatabase(String name, MVStore store, CursorRegistry cursors) {
            // The base class's constructor opens the collections that are there.
            this.store = store;
            super(name, store, cursors);
        }

        @Override
        protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
            String full = getFullCollectionNamespace(name);
            MVMap<Object, Document> documents = store.openMap(
                    DOCUMENTS + full, new MVMap.Builder<Object, Document>().valueType(BsonDataType.INSTANCE));
            MVMap<String, Object> facts = store.openMap(FACTS + full);
            return new DocumentCollection(this, name, options, documents, facts, cursorRegistry);
        }

        DocumentCollection collection(String name) {
            return (DocumentCollection) resolveOrCreateCollection(name);
        }

        @Override
        protected Index<Object> openOrCreateUniqueIndex(
                String collection, String name, List<IndexKey> keys, boolean sparse) {
            // A map that is open already is taken as it is.
            store.openMap(
                    getFullCollectionNamespace(collection) + INDEX + name,
                    new MVMap.Builder<KeyValue, Object>().keyType(KeyDataType.INSTANCE));
            return super.openOrCreateUniqueIndex(collection, name, keys, sparse);
        }
    }
}
