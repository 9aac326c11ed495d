package dev.muster.overview.view;

import de.bwaldvogel.mongo.MongoServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.h2.mvstore.MVStore;

/**
 * A document server inside this process, on one file, for views that can be rebuilt. It listens on the loopback
 * interface only; projections write past the wire, see {@link EmbeddedDocuments}. The file is saved between writes,
 * never during one, see {@link Checkpoints}; the file's own housekeeping, which goes with its own saving, is done there
 * too.
 */
public final class EmbeddedViewServer implements AutoCloseable {

    private static final Duration SAVE_EVERY = Duration.ofSeconds(1);
    /** More than this is not kept back until the next save, as it is held in memory until then. */
    private static final int UNSAVED_BYTES_MAX = 16 << 20;
    /** A minute's worth of saves, then the file is tidied. */
    private static final int TIDY_EVERY = 60;
    /** Chunks of the file that are less full than this many percent are written anew. */
    private static final int FILL_PERCENT = 60;

    private static final int TIDY_BYTES_MAX = 16 << 20;

    private final MVStore store;
    private final DocumentBackend backend;
    private final MongoServer server;
    private final InetSocketAddress address;
    private final Checkpoints checkpoints;
    private int saves;

    /** Opens or makes the file; its folder must exist. */
    public EmbeddedViewServer(Path file) {
        this.store = open(file);
        this.backend = new DocumentBackend(store);
        this.server = new MongoServer(backend);
        this.address = server.bind();
        this.checkpoints = new Checkpoints(this::save, () -> store.getUnsavedMemory() > UNSAVED_BYTES_MAX, SAVE_EVERY);
    }

    /**
     * A file that saves nothing by itself: neither as time passes nor, and that must be said apart, in the middle of a
     * write because much is unsaved.
     */
    static MVStore open(Path file) {
        return new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .open();
    }

    /** Where clients find it. */
    public String uri() {
        return "mongodb://127.0.0.1:" + address.getPort();
    }

    /** What writers write under. */
    public Checkpoints checkpoints() {
        return checkpoints;
    }

    /** The documents of a database, without the wire; for threads that nobody interrupts. */
    StoredDocuments documents(String database) {
        return new EmbeddedDocuments(backend, database);
    }

    private void save() {
        store.commit();
        if (++saves % TIDY_EVERY == 0) {
            store.compact(FILL_PERCENT, TIDY_BYTES_MAX);
        }
    }

    /** Saves and stops. The writers have stopped before; one that is late is refused, so that nothing is saved by half. */
    @Override
    public void close() {
        checkpoints.close();
        server.shutdownNow();
    }
}
