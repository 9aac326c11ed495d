package dev.muster.config.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Json;
import dev.muster.config.Profile;
import dev.muster.config.RegistryEngine;
import dev.muster.config.RegistrySchema;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Documents meant to harm are refused with a pointer to where, and quickly. */
class HostileSchemasTest {

    private static final String VIEWS = "\"views\":{\"v\":{\"rules\":[{\"storage\":\"a\"}]}}";

    private static String withType(String type) {
        return "{\"storage\":{\"schema\":{\"a\":" + type + "}}," + VIEWS + "}";
    }

    private static Refusal refused(String document) {
        Refusal refusal = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThrows(
                        Refused.class, () -> new Engine().compiled(document, Profile.CONFDB))
                .refusal());
        assertEquals(ConfigRefusal.SCHEMA_INVALID.code(), refusal.code());
        return refusal;
    }

    private static void refusedAt(String pointer, String document) {
        assertEquals(pointer, refused(document).details().get("pointer"));
    }

    @Test
    void tooDeep() {
        int levels = TypeReader.DEPTH_MAX + 10;
        int shown = (dev.muster.config.JsonReader.DEPTH_MAX - 10) / 2;
        String nested = "{\"values\":".repeat(levels) + "\"int\"" + "}".repeat(levels);
        refusedAt("/storage/schema/a" + "/values".repeat(TypeReader.DEPTH_MAX), withType(nested));
        refused(withType("[".repeat(shown) + "\"int\"" + "]".repeat(shown)).replace("\"int\"", "[]"));
        refused("[".repeat(1_000_000));
    }

    @Test
    void recursion() {
        refusedAt(
                "/storage/aliases/one",
                "{\"storage\":{\"aliases\":{\"one\":\"${two}\",\"two\":\"${one}\"},\"schema\":{\"a\":\"${one}\"}},"
                        + VIEWS + "}");
        refusedAt(
                "/storage/aliases/one/values",
                "{\"storage\":{\"aliases\":{\"one\":{\"values\":\"${one}\"}},\"schema\":{\"a\":\"${one}\"}}," + VIEWS
                        + "}");
    }

    @Test
    void patternsThatExplode() {
        for (String pattern : new String[] {
            "(((a{100}){100}){100}){100}",
            "a".repeat(2000),
            "(".repeat(500) + "a" + ")".repeat(500),
            "(?=a)",
            "(a)\\\\1"
        }) {
            refusedAt("/storage/schema/a/pattern", withType("{\"type\":\"string\",\"pattern\":\"" + pattern + "\"}"));
        }
    }

    @Test
    void aSlowPatternOfOtherEnginesIsQuickHere() {
        RegistrySchema registry =
                new Engine().compiled(withType("{\"type\":\"string\",\"pattern\":\"^(a+)+$\"}"), Profile.CONFDB);
        Json.Members bag = Json.Members.NONE.with("a", Json.of("a".repeat(100_000) + "b"));
        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertThrows(Refused.class, () -> registry.validate(bag, false)));
    }

    @Test
    void tenMebibytes() {
        refused(withType("\"" + "x".repeat(10 << 20) + "\""));
        refused(" ".repeat(RegistryEngine.DOCUMENT_LENGTH_MAX) + withType("\"int\""));
    }

    @Test
    void tooManyOfAnything() {
        refusedAt("/storage/schema/a", withType("[" + "\"int\",".repeat(100) + "\"int\"]"));
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i <= ViewReader.RULES_MAX; i++) {
            rules.append(i == 0 ? "" : ",").append("{\"request\":\"r").append(i).append("\",\"storage\":\"a\"}");
        }
        refusedAt(
                "/views/v/rules/" + ViewReader.RULES_MAX,
                "{\"storage\":{\"schema\":{\"a\":\"int\"}},\"views\":{\"v\":{\"rules\":[" + rules + "]}}}");
    }

    @Test
    void aFaultNamesItsLine() {
        Refusal refusal = refused("{\n  \"storage\": {\n    \"schema\": {\n      \"a\": \"strin\"\n    }\n  }\n}");
        assertEquals("/storage/schema/a", refusal.details().get("pointer"));
        assertEquals(4, refusal.details().get("line"));
        assertEquals(12, refusal.details().get("column"));
        assertEquals(2, refused("{\n  x }").details().get("line"));
    }

    @Test
    void alternativesCannotKeepAValidationBusy() {
        String type = "\"int\"";
        for (int i = 0; i < 12; i++) {
            type = "[{\"values\":" + type + "},{\"keys\":\"string\",\"values\":" + type + "}]";
        }
        RegistrySchema registry = new Engine().compiled(withType(type), Profile.CONFDB);
        Json value = Json.of("no");
        for (int i = 0; i < 12; i++) {
            value = Json.Members.NONE.with("k", value).with("l", value);
        }
        Json.Members bag = Json.Members.NONE.with("a", value);
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThrows(Refused.class, () -> registry.validate(bag, false)));
        assertThrows(Refused.class, () -> registry.written(Json.Members.NONE, "v", Map.of()));
    }
}
