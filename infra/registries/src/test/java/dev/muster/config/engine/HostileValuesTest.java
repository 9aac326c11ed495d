package dev.muster.config.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Json;
import dev.muster.config.JsonReader;
import dev.muster.config.Profile;
import dev.muster.config.RegistrySchema;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Values meant to harm are taken or refused, and quickly. */
class HostileValuesTest {

    private static final Duration QUICK = Duration.ofSeconds(20);

    private static RegistrySchema schema(String types, String rules) {
        return new Engine()
                .compiled(
                        "{\"storage\":{\"schema\":{" + types + "}},\"views\":{\"v\":{\"rules\":[" + rules + "]}}}",
                        Profile.CONFDB);
    }

    private static <T> T quickly(Supplier<T> work) {
        return assertTimeoutPreemptively(QUICK, () -> work.get());
    }

    @Test
    void aValueMayFallIntoManyPlaces() {
        RegistrySchema registry = schema("\"m\":{\"values\":\"int\"}", "{\"request\":\"k.{x}\",\"storage\":\"m.{x}\"}");
        TreeMap<String, Json> wide = new TreeMap<>();
        for (int i = 0; i < 90_000; i++) {
            wide.put("k" + i, Json.of(i));
        }
        Json.Members value = new Json.Members(wide);
        Json.Members bag = quickly(() -> registry.written(Json.Members.NONE, "v", Map.of("k", value)));
        assertEquals(value, bag.get("m"));
        Map<String, Json> pairs = new TreeMap<>();
        for (int i = 0; i < 1_000; i++) {
            pairs.put("k.k" + i, i % 2 == 0 ? Json.NULL : Json.of(-i));
        }
        Json.Members again = quickly(() -> registry.written(bag, "v", pairs));
        assertEquals(89_500, ((Json.Members) again.values().get("m")).values().size());
        assertEquals(value, bag.get("m"), "what was there before is not touched");
    }

    @Test
    void textsThatCollideAreComparedAsQuickly() {
        RegistrySchema registry =
                schema("\"l\":{\"type\":\"array\",\"values\":\"string\",\"unique\":true}", "{\"storage\":\"l\"}");
        List<Json> colliding = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < 15; bit++) {
                text.append(((i >> bit) & 1) == 0 ? "Aa" : "BB");
            }
            colliding.add(Json.of(text.toString()));
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(4),
                () -> registry.validate(Json.Members.NONE.with("l", new Json.Items(colliding)), false));
        colliding.add(colliding.getFirst());
        assertThrows(
                Refused.class, () -> registry.validate(Json.Members.NONE.with("l", new Json.Items(colliding)), false));
    }

    @Test
    void aLargePatternMeetsNoLargeText() {
        RegistrySchema registry =
                schema("\"a\":{\"type\":\"string\",\"pattern\":\"(x?){900}y\"}", "{\"storage\":\"a\"}");
        Json.Members bag = Json.Members.NONE.with("a", Json.of("x".repeat(900_000)));
        Refusal refusal = quickly(() ->
                assertThrows(Refused.class, () -> registry.validate(bag, false)).refusal());
        assertEquals(ConfigRefusal.VALUE_INVALID.code(), refusal.code());
        registry.validate(Json.Members.NONE.with("a", Json.of("xy")), false);
    }

    /** Taking the null's place away would move up the elements behind it, into the places of others. */
    @Test
    void aNullInsideAListIsNoElement() {
        RegistrySchema registry = schema(
                "\"l\":{\"type\":\"array\",\"values\":{\"schema\":{\"n\":\"int\",\"e\":\"int\"}}}",
                "{\"request\":\"l[{i}].n\",\"storage\":\"l[{i}].n\"},{\"request\":\"l[{i}].e\",\"storage\":\"l[{i}].e\"}");
        Json.Members bag = registry.written(
                Json.Members.NONE, "v", Map.of("l", JsonReader.read("[{\"n\":1,\"e\":1},{\"n\":2,\"e\":2}]")));
        for (String value : List.of("[{\"n\":null,\"e\":null},{\"n\":3,\"e\":3}]", "[null,{\"n\":3,\"e\":3}]")) {
            Refused refused =
                    assertThrows(Refused.class, () -> registry.written(bag, "v", Map.of("l", JsonReader.read(value))));
            assertEquals(ConfigRefusal.BAD_REQUEST.code(), refused.refusal().code());
        }
    }

    /** Refusals are kept in the log. */
    @Test
    void aRefusalRepeatsNoLongName() {
        RegistrySchema registry = schema("\"a\":\"any\"", "{\"storage\":\"a\"}");
        String name = "N".repeat(100_000);
        List<Map<String, Json>> writes =
                List.of(Map.of(name, Json.of(1)), Map.of("a", Json.Members.NONE.with(name, Json.of(1))));
        for (Map<String, Json> values : writes) {
            Refusal refusal = assertThrows(Refused.class, () -> registry.written(Json.Members.NONE, "v", values))
                    .refusal();
            assertTrue(refusal.message().length() < 1_000);
            assertTrue(refusal.details().toString().length() < 1_000);
        }
    }
}
