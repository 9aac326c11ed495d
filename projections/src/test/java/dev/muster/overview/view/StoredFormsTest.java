package dev.muster.overview.view;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the embedded view store's file holds documents and keys. */
class StoredFormsTest {

    @TempDir
    Path dir;

    private MVStore open() {
        return new MVStore.Builder()
                .fileName(dir.resolve("forms.mv").toString())
                .autoCommitDisabled()
                .open();
    }

    @Test
    void documentsAreTheSameAfterTheFileWasClosed() {
        Document document = new Document("_id", "a/1")
                .append("position", 1L << 40)
                .append("count", 7)
                .append("ratio", 0.5)
                .append("nothing", null)
                .append("text", "Grüße \uD83D\uDE80 " + "x".repeat(70_000))
                .append("list", List.of("a", new Document("b", true)));
        try (MVStore store = open()) {
            documents(store).put("a/1", document);
            store.commit();
        }
        try (MVStore store = open()) {
            assertThat(documents(store).get("a/1")).isEqualTo(document);
        }
    }

    @Test
    void keysOfEveryKindAreFoundAgainAndInOneOrder() {
        List<KeyValue> keys = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            keys.add(new KeyValue("dev-" + i + "/1"));
        }
        keys.add(new KeyValue(""));
        keys.add(new KeyValue(7));
        keys.add(new KeyValue("two", "parts"));
        keys.add(new KeyValue(new Document("a", 1)));
        Collections.shuffle(keys, new Random(26));
        try (MVStore store = open()) {
            keys.forEach(key -> keys(store).put(key, key.toString()));
            store.commit();
        }
        try (MVStore store = open()) {
            assertThat(keys(store)).hasSize(keys.size());
            assertThat(keys).allSatisfy(key -> assertThat(keys(store).get(key)).isEqualTo(key.toString()));
            assertThat(keys(store).get(new KeyValue("dev-"))).isNull();
        }
    }

    private static MVMap<Object, Document> documents(MVStore store) {
        return store.openMap("documents", new MVMap.Builder<Object, Document>().valueType(BsonDataType.INSTANCE));
    }

    private static MVMap<KeyValue, Object> keys(MVStore store) {
        return store.openMap("keys", new MVMap.Builder<KeyValue, Object>().keyType(KeyDataType.INSTANCE));
    }
}
