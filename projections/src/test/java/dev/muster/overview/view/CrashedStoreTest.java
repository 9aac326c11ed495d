package dev.muster.overview.view;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** What a crash leaves of the embedded store's file, which saves itself many times while batches are written. */
class CrashedStoreTest {

    private static final String WORDS = "words@1";
    private static final List<String> OLD =
            IntStream.range(0, 40).mapToObj(i -> "old" + i).toList();
    private static final int SAVES = 20;

    @TempDir
    Path dir;

    private MVStore open() {
        return EmbeddedViewServer.open(dir.resolve("views.mv"));
    }

    /** The same words in each batch, and one that is new. */
    private static List<StoredDocument> batch(long position) {
        List<StoredDocument> batch = new ArrayList<>();
        OLD.forEach(id -> batch.add(new StoredDocument(id, position, "{}")));
        batch.add(new StoredDocument("new" + position, position, "{}"));
        return batch;
    }

    private static void write(StoredDocuments documents, Checkpoints checkpoints, long position) {
        checkpoints.together(() -> {
            documents.write(WORDS, batch(position));
            documents.write("tokens", List.of(new StoredDocument(WORDS, position, null)));
        });
    }

    /** Writes until the file was saved often, then lets go of it as it is; answers the last position. */
    private long writeUntilTheCrash() {
        MVStore file = open();
        StoredDocuments documents = new EmbeddedDocuments(new DocumentBackend(file), "muster");
        AtomicInteger saves = new AtomicInteger();
        AtomicBoolean crashed = new AtomicBoolean();
        Runnable save = () -> {
            if (!crashed.get()) {
                file.commit();
                saves.incrementAndGet();
            }
        };
        try (Checkpoints checkpoints = new Checkpoints(save, () -> false, Duration.ofMillis(1))) {
            long position = 0;
            write(documents, checkpoints, position);
            int enough = saves.get() + SAVES;
            while (saves.get() < enough) {
                position++;
                write(documents, checkpoints, position);
            }
            crashed.set(true);
            file.closeImmediately();
            return position;
        }
    }

    @RepeatedTest(5)
    void aBatchIsThereAsAWholeWithItsPlaceAndItsIndexOrNotAtAll() {
        long last = writeUntilTheCrash();

        try (MVStore file = open()) {
            DocumentBackend backend = new DocumentBackend(file);
            StoredDocuments documents = new EmbeddedDocuments(backend, "muster");
            long place = documents.load("tokens", List.of(WORDS)).getFirst().position();
            assertThat(place).isBetween(0L, last);
            assertThat(documents.load(WORDS, OLD)).hasSize(OLD.size()).allMatch(word -> word.position() == place);
            MongoCollection<?> asOverTheWire = backend.resolveDatabase("muster").resolveCollection(WORDS, true);
            assertThat(asOverTheWire.count()).isEqualTo((int) (OLD.size() + place + 1));
            OLD.forEach(id -> assertThat(asOverTheWire.handleQuery(new Document("_id", id)))
                    .hasSize(1));
            for (long position = 0; position <= place; position++) {
                assertThat(asOverTheWire.handleQuery(new Document("_id", "new" + position)))
                        .hasSize(1);
            }
        }
    }
}
