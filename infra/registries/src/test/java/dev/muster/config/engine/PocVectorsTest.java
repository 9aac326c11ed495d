package dev.muster.config.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.config.Json;
import dev.muster.config.Profile;
import dev.muster.config.RegistrySchema;
import dev.muster.kernel.Refused;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The proof of concept's own schema: the vectors of the contract's section 15, and what of it is secret. */
class PocVectorsTest {

    private static final String NETWORK = Vectors.text("network.json");

    /** A part of an object is a whole write in confdb: what is left out is unset (recorded for the older profile only). */
    private static final List<Long> PARTIAL_OBJECTS = List.of(18L, 20L, 22L, 23L);

    private Json.Members bag = Json.Members.NONE;

    @ParameterizedTest
    @EnumSource
    void section15(Profile profile) {
        RegistrySchema registry = new Engine().compiled(NETWORK, profile);
        for (Json.Members vector : Vectors.lines("poc.jsonl")) {
            long n = vector.get("n") instanceof Json.Num number ? number.value().longValue() : -1;
            if (profile == Profile.CONFDB && (PARTIAL_OBJECTS.contains(n) || n == 36 || n == 37)) {
                continue;
            }
            assertEquals(Vectors.need(vector, "expect"), answer(registry, vector), "vector " + vector);
        }
    }

    private Json answer(RegistrySchema registry, Json.Members vector) {
        String view = Vectors.word(vector, "view", "?");
        try {
            if (vector.get("put") instanceof Json.Members values) {
                Json.Members written = registry.written(bag, view, values.values());
                registry.validate(written, false);
                bag = written;
                return Json.of("stored");
            }
            return Json.Members.NONE.with(
                    "value", registry.read(bag, view, Vectors.word(vector, "get", ""), Map.of(), true));
        } catch (Refused refused) {
            return Vectors.answer(refused);
        }
    }

    @Test
    void severalPathsAreKeyedAsTheyWereAsked() {
        RegistrySchema registry = new Engine().compiled(NETWORK, Profile.REGISTRY);
        Json.Members stats = (Json.Members) dev.muster.config.JsonReader.read(
                "{\"eth0\":{\"n-sent\":1,\"n-received\":5},\"wlan0\":{\"n-sent\":7,\"n-received\":8}}");
        Json.Members written = registry.written(bag, "control-interfaces", Map.of("stats", stats));
        assertEquals(
                "{\"packets-received\":{\"eth0\":5,\"wlan0\":8},\"packets-sent\":{\"eth0\":1,\"wlan0\":7}}",
                registry.readAll(
                                written,
                                "observe-interfaces",
                                List.of("packets-received", "packets-sent", "nothing"),
                                Map.of(),
                                true)
                        .toString());
    }

    @Test
    void whatNobodyMayReadIsSecret() {
        RegistrySchema registry = new Engine().compiled(NETWORK, Profile.REGISTRY);
        assertEquals(true, registry.isSecret("tunnel.secret-key"));
        assertEquals(false, registry.isSecret("tunnel"));
        assertEquals(false, registry.isSecret("device.uuid"));
    }

    @ParameterizedTest
    @EnumSource
    void aSecretIsOneWhicheverWayItIsAskedFor(Profile profile) {
        RegistrySchema registry = new Engine()
                .compiled(
                        "{\"storage\":{\"schema\":{\"key\":{\"type\":\"string\",\"visibility\":\"secret\"},"
                                + "\"list\":{\"type\":\"array\",\"values\":{\"type\":\"string\",\"visibility\":\"secret\"}}}},"
                                + "\"views\":{\"v\":{\"rules\":[{\"storage\":\"key\"},{\"storage\":\"list\"}]}}}",
                        profile);
        assertEquals(true, registry.isSecret("key"));
        assertEquals(true, registry.isSecret("list"));
        Json.Members databag = Json.Members.NONE.with("key", Json.of("k"));
        Refused refused = org.junit.jupiter.api.Assertions.assertThrows(
                Refused.class, () -> registry.read(databag, "v", "key", Map.of(), false));
        assertEquals("config.only-secrets", refused.refusal().code());
    }
}
