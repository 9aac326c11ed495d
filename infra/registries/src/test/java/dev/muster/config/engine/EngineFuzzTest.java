package dev.muster.config.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.muster.config.Json;
import dev.muster.config.JsonFault;
import dev.muster.config.JsonReader;
import dev.muster.config.Profile;
import dev.muster.config.RegistrySchema;
import dev.muster.kernel.Refused;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Nothing but a refusal comes of any document, and operations agree with {@link LeafModel}. */
class EngineFuzzTest {

    private static final String[] KEYS = {"a", "b", "c", "x", "k1", "k2"};

    @FuzzTest(maxDuration = "60s")
    void anyDocument(FuzzedDataProvider data) {
        Profile profile = data.pickValue(Profile.values());
        String document = data.consumeRemainingAsString();
        try {
            RegistrySchema registry = new Engine().compiled(document, profile);
            for (String view : registry.views()) {
                registry.read(Json.Members.NONE, view, "", Map.of(), false);
            }
        } catch (Refused expected) {
            // A refusal is the answer to everything else.
        }
    }

    @FuzzTest(maxDuration = "60s")
    void anyAssertion(FuzzedDataProvider data) {
        try {
            Engine engine = new Engine();
            engine.idOf(engine.documentOf(data.consumeRemainingAsString()));
        } catch (Refused expected) {
            // No assertion.
        }
    }

    @FuzzTest(maxDuration = "60s")
    void anyJson(FuzzedDataProvider data) {
        try {
            Json value = JsonReader.read(data.consumeRemainingAsString());
            assertEquals(value, JsonReader.read(value.toString()));
        } catch (JsonFault expected) {
            // No JSON.
        }
    }

    @FuzzTest(maxDuration = "60s")
    void operations(FuzzedDataProvider data) {
        walk(data::consumeInt, 60);
    }

    @Test
    void aThousandWalksAgreeWithTheModel() {
        for (long seed = 0; seed < 1000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            walk((low, high) -> random.nextInt(low, high + 1), 60);
        }
    }

    /** Chooses a number between two, both included. */
    private interface Choice {
        int between(int low, int high);
    }

    private static void walk(Choice choice, int steps) {
        RegistrySchema registry = new Engine().compiled(LeafModel.DOCUMENT, Profile.CONFDB);
        LeafModel model = new LeafModel();
        Json.Members bag = Json.Members.NONE;
        for (int i = 0; i < steps; i++) {
            String request = request(choice);
            Json value = choice.between(0, 3) == 0 ? Json.NULL : value(choice, 3);
            String expected = model.write(request, value);
            String got = "ok";
            try {
                Json.Members written = registry.written(bag, "v", Map.of(request, value));
                registry.validate(written, false);
                bag = written;
            } catch (Refused refused) {
                got = refused.refusal().code();
            }
            assertEquals(expected, got, () -> "write " + request + " = " + value);
            assertEquals(model.bag(), bag);
            String asked = choice.between(0, 4) == 0 ? "" : request(choice);
            String read;
            try {
                read = registry.read(bag, "v", asked, Map.of(), true).toString();
            } catch (Refused refused) {
                read = refused.refusal().code();
            }
            assertEquals(model.read(asked), read, () -> "read " + asked);
        }
    }

    private static String request(Choice choice) {
        StringBuilder request = new StringBuilder(KEYS[choice.between(0, KEYS.length - 1)]);
        for (int i = choice.between(0, 2); i > 0; i--) {
            request.append('.').append(KEYS[choice.between(0, KEYS.length - 1)]);
        }
        return request.toString();
    }

    private static Json value(Choice choice, int depth) {
        if (depth == 0 || choice.between(0, 2) == 0) {
            return choice.between(0, 5) == 0 ? Json.of("text") : Json.of(choice.between(0, 9));
        }
        TreeMap<String, Json> members = new TreeMap<>();
        for (int i = choice.between(1, 3); i > 0; i--) {
            members.put(KEYS[choice.between(0, KEYS.length - 1)], value(choice, depth - 1));
        }
        return new Json.Members(members);
    }
}
