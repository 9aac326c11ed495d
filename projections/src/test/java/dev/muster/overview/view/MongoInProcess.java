package dev.muster.overview.view;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.muster.kernel.History;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The embedded document server on a free port, or a real one, with a client. */
public final class MongoInProcess implements AutoCloseable {

    private static final Duration WAIT = Duration.ofSeconds(10);

    private final Runnable stop;
    private final MongoClient client;
    private final String name;
    private final @Nullable EmbeddedViewServer embedded;
    private final boolean direct;

    private MongoInProcess(
            String uri, String name, Runnable stop, @Nullable EmbeddedViewServer embedded, boolean direct) {
        this.client = MongoClients.create(uri);
        this.name = name;
        this.stop = stop;
        this.embedded = embedded;
        this.direct = direct;
    }

    /** A database of its own on a real server; dropped in the end. */
    public static MongoInProcess at(String uri) {
        return new MongoInProcess(uri, "muster-test-" + UUID.randomUUID(), () -> {}, null, false);
    }

    public static MongoInProcess inMemory() {
        MongoServer server = new MongoServer(new MemoryBackend());
        InetSocketAddress address = server.bind();
        return new MongoInProcess(
                "mongodb://127.0.0.1:" + address.getPort(), "muster", server::shutdownNow, null, false);
    }

    /** As the server has it: projections write past the wire. */
    public static MongoInProcess onFile(Path file) {
        EmbeddedViewServer server = new EmbeddedViewServer(file);
        return new MongoInProcess(server.uri(), "muster", server::close, server, true);
    }

    /** The same store, but projections write over the wire. */
    public static MongoInProcess onFileOverTheWire(Path file) {
        EmbeddedViewServer server = new EmbeddedViewServer(file);
        return new MongoInProcess(server.uri(), "muster", server::close, server, false);
    }

    /** Projections on this store, not opened yet. */
    public Projections projections(History history, List<ViewProjection> all) {
        ViewSettings settings = ViewSettings.DEFAULTS;
        Clock clock = Clock.systemUTC();
        if (embedded != null && direct) {
            return new Projections(database(), embedded, history, clock, settings, all);
        }
        return embedded == null
                ? new Projections(database(), history, clock, settings, all)
                : new Projections(store(), history, clock, settings, all);
    }

    ViewStore store() {
        ViewSettings settings = ViewSettings.DEFAULTS;
        if (embedded != null && direct) {
            return new ViewStore(database(), ViewJson.mapper(), settings, embedded);
        }
        Checkpoints checkpoints = embedded == null ? Checkpoints.none() : embedded.checkpoints();
        return new ViewStore(database(), ViewJson.mapper(), settings, checkpoints);
    }

    StoredDocuments documents() {
        if (embedded != null && direct) {
            return embedded.documents(name);
        }
        WireDocuments wire = new WireDocuments(database(), ViewSettings.DEFAULTS);
        wire.open();
        return wire;
    }

    public MongoDatabase database() {
        return client.getDatabase(name);
    }

    /** Everything in a collection, by id. */
    public Map<String, Document> all(String collection) {
        Map<String, Document> all = new LinkedHashMap<>();
        Flux.from(database().getCollection(collection).find().sort(new Document("_id", 1)))
                .doOnNext(document -> all.put(document.getString("_id"), opened(document)))
                .blockLast(WAIT);
        return all;
    }

    /** A document with the members of its view beside its own. */
    private static Document opened(Document document) {
        String view = document.getString(StoredDocument.VIEW);
        if (view != null) {
            document.remove(StoredDocument.VIEW);
            document.putAll(Document.parse(view));
        }
        return document;
    }

    public void put(String collection, Document document) {
        Flux.from(database().getCollection(collection).deleteOne(Filters.eq("_id", document.get("_id"))))
                .blockLast(WAIT);
        Flux.from(database().getCollection(collection).insertOne(document)).blockLast(WAIT);
    }

    public void wipe() {
        Flux.from(database().drop()).blockLast(WAIT);
    }

    @Override
    public void close() {
        if (!name.equals("muster")) {
            wipe();
        }
        client.close();
        stop.run();
    }
}
