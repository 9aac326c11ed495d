package dev.muster.overview.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class EmbeddedDocumentsTest extends StoredDocumentsContract {

    private static final int WORD_COUNT = 10;

    @Override
    MongoInProcess open(Path file) {
        return MongoInProcess.onFile(file);
    }

    private static List<StoredDocument> batch(long position) {
        return IntStream.range(0, WORD_COUNT)
                .mapToObj(i -> word("w" + i, position))
                .toList();
    }

    @Test
    void readersOverTheWireNeverMissADocumentNorSeeHalfOfOne() throws Exception {
        documents.write(WORDS, batch(0));
        AtomicBoolean writing = new AtomicBoolean(true);
        Callable<Integer> reading = () -> {
            int read = 0;
            do {
                List<Document> seen = overTheWire(WORDS, new Document());
                assertThat(seen).hasSize(WORD_COUNT).allSatisfy(document -> assertThat(document)
                        .isEqualTo(asStored(word(document.getString("_id"), document.getLong("position")))));
                read++;
            } while (writing.get());
            return read;
        };
        try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> reads = List.of(readers.submit(reading), readers.submit(reading));
            try {
                for (long position = 1; position <= 3_000; position++) {
                    documents.write(WORDS, batch(position));
                }
            } finally {
                writing.set(false);
            }
            for (Future<Integer> read : reads) {
                assertThat(read.get(20, TimeUnit.SECONDS)).isPositive();
            }
        }
        assertThat(overTheWire(WORDS, new Document()))
                .containsExactlyInAnyOrderElementsOf(batch(3_000).stream()
                        .map(StoredDocumentsContract::asStored)
                        .toList());
    }

    @Test
    void aPlaceIsWrittenPastTheWireAndAskedForOverIt() {
        ViewStore store = mongo.store();
        store.savePosition(WORDS, 7);

        assertThat(store.ownedByThisProcess()).isTrue();
        assertThat(store.position(WORDS)).isEqualTo(7);
        assertThat(store.position("others@1")).isEqualTo(-1);
    }
}
