package dev.muster.config;

import static dev.muster.config.ConfigWorld.values;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever was answered that a registry is defined can write into it, and whoever gave it a schema can use that. */
@Timeout(60)
class DefinedAtOnceTest {

    /** Once is luck: the answer and what the node knows are moments apart. */
    private static final int TIMES = 40;

    private static ConfigWorld world;

    @BeforeAll
    static void start() {
        world = ConfigWorld.start();
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static String document(int number, String... members) {
        String schema = String.join(
                ",",
                java.util.Arrays.stream(members)
                        .map(member -> "\"" + member + "\":\"int\"")
                        .toList());
        String rules = String.join(
                ",",
                java.util.Arrays.stream(members)
                        .map(member -> "{\"storage\":\"" + member + "\"}")
                        .toList());
        return "{\"account-id\":\"acme\",\"name\":\"quick-a" + number + "\",\"storage\":{\"schema\":{" + schema
                + "}},\"views\":{\"all\":{\"rules\":[" + rules + "]}}}";
    }

    @Test
    void valuesAreTakenRightAfterTheAnswer() {
        for (int i = 0; i < TIMES; i++) {
            String registry = "/api/v1/registries/acme/quick-a" + i;
            world.ask("POST", "/api/v1/registries", document(i, "one")).expect(201);
            world.ask("PATCH", registry + "/fleet/views/all", values("one", 1)).expect(200);
            world.ask("PUT", registry, document(i, "one", "two")).expect(200);
            world.ask("PATCH", registry + "/fleet/views/all", values("two", 2)).expect(200);
        }
    }
}
