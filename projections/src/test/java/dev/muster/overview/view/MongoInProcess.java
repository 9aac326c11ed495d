package dev.muster.overview.view;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import reactor.core.publisher.Flux;

/** The embedded document server on a free port, or a real one, with a client. */
public final class MongoInProcess implements AutoCloseable {

    private static final Duration WAIT = Duration.ofSeconds(10);

    private final Runnable stop;
    private final MongoClient client;
    private final String name;
    private Checkpoints checkpoints = Checkpoints.none();

    private MongoInProcess(MongoServer server) {
        this.stop = server::shutdownNow;
        InetSocketAddress address = server.bind();
        this.client = MongoClients.create("mongodb://127.0.0.1:" + address.getPort());
        this.name = "muster";
    }

    private MongoInProcess(EmbeddedViewServer server) {
        this.stop = server::close;
        this.client = MongoClients.create(server.uri());
        this.name = "muster";
        this.checkpoints = server.checkpoints();
    }

    private MongoInProcess(String uri) {
        this.client = MongoClients.create(uri);
        this.name = "muster-test-" + UUID.randomUUID();
        this.stop = () -> {};
    }

    /** A database of its own on a real server; dropped in the end. */
    public static MongoInProcess at(String uri) {
        return new MongoInProcess(uri);
    }

    public static MongoInProcess inMemory() {
        return new MongoInProcess(new MongoServer(new MemoryBackend()));
    }

    public static MongoInProcess onFile(Path file) {
        return new MongoInProcess(new EmbeddedViewServer(file));
    }

    public MongoDatabase database() {
        return client.getDatabase(name);
    }

    public Checkpoints checkpoints() {
        return checkpoints;
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
        String view = document.getString(ViewStore.VIEW);
        if (view != null) {
            document.remove(ViewStore.VIEW);
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
