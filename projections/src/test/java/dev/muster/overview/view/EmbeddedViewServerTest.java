package dev.muster.overview.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedViewServerTest {

    private static final String DATABASE = "muster";
    private static final String WORDS = "words@1";
    private static final List<String> IDS =
            IntStream.range(0, 60).mapToObj(i -> "w" + i).toList();
    /** Sixty are several times what the store would hold back by itself. */
    private static final String MEGABYTE = "x".repeat(1 << 20);

    @TempDir
    Path dir;

    private static void place(StoredDocuments documents, long position) {
        documents.write("tokens", List.of(new StoredDocument(WORDS, position, null)));
    }

    private static List<StoredDocument> places(StoredDocuments documents) {
        return documents.load("tokens", List.of(WORDS));
    }

    private static void writeMuch(StoredDocuments documents) {
        for (String id : IDS) {
            documents.write(WORDS, List.of(new StoredDocument(id, 1, MEGABYTE)));
        }
    }

    private static void copy(Path file, Path to) {
        try {
            Files.copy(file, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void howeverMuchIsWrittenTogetherNothingOfItIsSavedBeforeItIsThereAsAWhole() {
        Path file = dir.resolve("views.mv");
        Path crashed = dir.resolve("crashed.mv");
        try (EmbeddedViewServer server = new EmbeddedViewServer(file)) {
            server.checkpoints().together(() -> place(server.documents(DATABASE), 0));
        }
        try (EmbeddedViewServer server = new EmbeddedViewServer(file)) {
            StoredDocuments documents = server.documents(DATABASE);
            server.checkpoints().together(() -> {
                writeMuch(documents);
                copy(file, crashed);
                place(documents, 1);
            });
        }

        try (EmbeddedViewServer server = new EmbeddedViewServer(crashed)) {
            StoredDocuments documents = server.documents(DATABASE);
            assertThat(places(documents)).containsExactly(new StoredDocument(WORDS, 0, null));
            assertThat(documents.load(WORDS, IDS)).isEmpty();
        }
        try (EmbeddedViewServer server = new EmbeddedViewServer(file)) {
            StoredDocuments documents = server.documents(DATABASE);
            assertThat(places(documents)).containsExactly(new StoredDocument(WORDS, 1, null));
            assertThat(IDS).allSatisfy(id -> assertThat(documents.load(WORDS, List.of(id)))
                    .containsExactly(new StoredDocument(id, 1, MEGABYTE)));
        }
    }

    @Test
    void aWriterThatIsLateLeavesTheClosedStoreAsItWas() {
        Path file = dir.resolve("views.mv");
        EmbeddedViewServer closed = new EmbeddedViewServer(file);
        StoredDocuments late = closed.documents(DATABASE);
        closed.checkpoints().together(() -> place(late, 0));
        closed.close();

        assertThatThrownBy(() -> closed.checkpoints().together(() -> place(late, 1)))
                .isInstanceOf(IllegalStateException.class);

        try (EmbeddedViewServer server = new EmbeddedViewServer(file)) {
            assertThat(places(server.documents(DATABASE))).containsExactly(new StoredDocument(WORDS, 0, null));
        }
    }
}
