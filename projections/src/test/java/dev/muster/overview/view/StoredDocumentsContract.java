package dev.muster.overview.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What projections may rely on whichever road their documents take. Everybody else comes over the wire. */
abstract class StoredDocumentsContract {

    static final Duration WAIT = Duration.ofSeconds(10);
    static final String WORDS = "words@1";

    @TempDir
    Path dir;

    MongoInProcess mongo;
    StoredDocuments documents;

    abstract MongoInProcess open(Path file);

    @BeforeEach
    void start() {
        mongo = open(dir.resolve("views.mv"));
        documents = mongo.documents();
    }

    @AfterEach
    void stop() {
        mongo.close();
    }

    static StoredDocument word(String id, long position) {
        return new StoredDocument(id, position, "{\"text\":\"" + id + " at " + position + "\"}");
    }

    static Document asStored(StoredDocument word) {
        return new Document("_id", word.id())
                .append("position", word.position())
                .append("view", word.view());
    }

    List<Document> overTheWire(String collection, Bson filter) {
        return Flux.from(mongo.database().getCollection(collection).find(filter))
                .collectList()
                .block(WAIT);
    }

    @Test
    void whatIsWrittenIsReadOverTheWireAtOnce() {
        for (long position = 1; position <= 100; position++) {
            documents.write(WORDS, List.of(word("a", position)));

            assertThat(overTheWire(WORDS, Filters.eq("_id", "a"))).containsExactly(asStored(word("a", position)));
        }
    }

    @Test
    void aPlaceIsAPositionAndNothingElse() {
        documents.write("tokens", List.of(new StoredDocument(WORDS, 3, null)));

        assertThat(overTheWire("tokens", new Document()))
                .containsExactly(new Document("_id", WORDS).append("position", 3L));
        assertThat(documents.load("tokens", List.of(WORDS))).containsExactly(new StoredDocument(WORDS, 3, null));
    }

    @Test
    void ofManyIdsThoseThatExistAreLoaded() {
        assertThat(documents.load(WORDS, List.of("a", "b"))).isEmpty();

        documents.write(WORDS, List.of(word("a", 1), word("b", 2)));

        assertThat(documents.load(WORDS, List.of("c", "b", "a"))).containsExactlyInAnyOrder(word("a", 1), word("b", 2));
        assertThat(documents.load("others@1", List.of("a"))).isEmpty();
    }

    @Test
    void aDocumentThatHasSeenMoreTakesThePlaceOfTheOneBefore() {
        documents.write(WORDS, List.of(word("a", 1)));
        documents.write(WORDS, List.of(word("a", 2), word("b", 2)));

        assertThat(overTheWire(WORDS, new Document()))
                .containsExactlyInAnyOrder(asStored(word("a", 2)), asStored(word("b", 2)));
        assertThat(overTheWire(WORDS, Filters.in("_id", List.of("a", "b")))).hasSize(2);
    }

    @Test
    void aRepeatedBatchChangesNothing() {
        List<StoredDocument> batch =
                LongStream.range(0, 1234).mapToObj(i -> word("w" + i, i)).toList();
        documents.write(WORDS, batch);
        List<Document> before = overTheWire(WORDS, new Document());

        documents.write(WORDS, batch);

        assertThat(before).hasSize(1234);
        assertThat(overTheWire(WORDS, new Document())).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void whatCameOverTheWireIsFoundReplacedAndMissedWhenItIsGone() {
        mongo.put(WORDS, asStored(word("a", 1)));
        assertThat(documents.load(WORDS, List.of("a"))).containsExactly(word("a", 1));

        documents.write(WORDS, List.of(word("a", 2)));
        assertThat(overTheWire(WORDS, new Document())).containsExactly(asStored(word("a", 2)));

        Mono.from(mongo.database().getCollection(WORDS).deleteOne(Filters.eq("_id", "a")))
                .block(WAIT);
        assertThat(documents.load(WORDS, List.of("a"))).isEmpty();

        documents.write(WORDS, List.of(word("a", 3)));
        assertThat(overTheWire(WORDS, Filters.eq("_id", "a"))).containsExactly(asStored(word("a", 3)));
    }

    @Test
    void aDroppedCollectionBeginsAnew() {
        documents.write(WORDS, List.of(word("a", 5), word("b", 5)));
        mongo.store().drop(WORDS);
        assertThat(documents.load(WORDS, List.of("a", "b"))).isEmpty();

        documents.write(WORDS, List.of(word("a", 1)));

        assertThat(overTheWire(WORDS, new Document())).containsExactly(asStored(word("a", 1)));
        assertThat(overTheWire(WORDS, Filters.eq("_id", "b"))).isEmpty();
    }

    @Test
    void aWipedStoreTakesDocumentsAgain() {
        documents.write(WORDS, List.of(word("a", 5)));
        mongo.wipe();
        assertThat(documents.load(WORDS, List.of("a"))).isEmpty();

        documents.write(WORDS, List.of(word("a", 1)));

        assertThat(overTheWire(WORDS, Filters.eq("_id", "a"))).containsExactly(asStored(word("a", 1)));
    }

    @Test
    void documentsOutliveARestart() {
        documents.write(WORDS, List.of(word("a", 1), word("b", 2)));
        stop();
        start();

        documents.write(WORDS, List.of(word("b", 3)));

        assertThat(documents.load(WORDS, List.of("a", "b"))).containsExactlyInAnyOrder(word("a", 1), word("b", 3));
        assertThat(overTheWire(WORDS, Filters.eq("_id", "b"))).containsExactly(asStored(word("b", 3)));
    }
}
