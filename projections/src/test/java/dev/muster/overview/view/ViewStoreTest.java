package dev.muster.overview.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ViewStoreTest {

    private static final ViewCollection<Word> WORDS = new ViewCollection<>("words", Word.class);

    private final MongoInProcess mongo = MongoInProcess.inMemory();
    private final ViewStore store =
            new ViewStore(mongo.database(), ViewJson.mapper(), ViewSettings.DEFAULTS, Checkpoints.none());

    record Word(String text) {}

    @AfterEach
    void stop() {
        mongo.close();
    }

    private static Map.Entry<ViewKey, Batch.Held> word(String id, String text, long position) {
        return Map.entry(WORDS.key(id), new Batch.Held(new Word(text), position));
    }

    private String text(String id) {
        Batch.Held held = store.load(List.of(WORDS.key(id)), 1).get(WORDS.key(id));
        return held == null ? null : ((Word) held.view()).text();
    }

    /** Before {@code open} has found the embedded store, and on every other one, writers may be several. */
    @Test
    void aWriterThatIsBehindChangesNothingAndDisturbsNobody() {
        store.write(List.of(word("a", "new", 10), word("b", "old", 3)), 1);
        store.write(List.of(word("a", "late", 9), word("b", "newer", 4), word("c", "first", 1)), 1);

        assertThat(text("a")).isEqualTo("new");
        assertThat(text("b")).isEqualTo("newer");
        assertThat(text("c")).isEqualTo("first");
    }

    @Test
    void aPlaceNeverMovesBackWhenWritersAreSeveral() {
        store.savePosition("words@1", 7);
        store.savePosition("words@1", 5);

        assertThat(store.position("words@1")).isEqualTo(7);
        assertThat(store.position("others@1")).isEqualTo(-1);
    }

    @Test
    void theEmbeddedStoreIsRecognised() {
        store.open();
        store.savePosition("words@1", 7);
        store.savePosition("words@1", 5);

        assertThat(store.position("words@1")).isEqualTo(5);
    }

    @Test
    void aLargeBatchIsWrittenInParts() {
        store.open();
        store.write(
                IntStream.range(0, 1234)
                        .mapToObj(i -> word("w" + i, "t" + i, i))
                        .toList(),
                1);

        assertThat(mongo.all("words@1")).hasSize(1234);
        assertThat(text("w1233")).isEqualTo("t1233");
    }
}
