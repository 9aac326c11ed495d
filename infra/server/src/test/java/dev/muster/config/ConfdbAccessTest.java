package dev.muster.config;

import static dev.muster.config.ConfigWorld.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.ConfigWorld.Answer;
import dev.muster.config.SecretsEvent.SecretsRead;
import dev.muster.config.SecretsEvent.SnapSettingsRead;
import dev.muster.kernel.History;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Recorded;
import dev.muster.server.EventSerializer;
import dev.muster.server.StoredNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The API of devices' own programs over TCP on the whole server: who may, what is on record, what one finds after. */
@Timeout(120)
class ConfdbAccessTest {

    private static ConfigWorld world;

    @BeforeAll
    static void start() {
        world = ConfigWorld.with("--muster.registries.confdb=2.68");
        world.ask("POST", "/api/v1/registries", NETWORK).expect(201);
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static Answer ask(String token, String method, String device, String path, Object body) {
        return world.send(method, "/registries/devices/" + device + "/v2/" + path, body, token);
    }

    private static String view(String view) {
        return "confdb/acme/network/" + view;
    }

    private static List<Recorded> newest(int limit) {
        return world.server
                .bean(History.class)
                .before(world.server.bean(Positions.class).committed() + 1, limit);
    }

    @Test
    void whoWritesReadsItAtOnce() throws Exception {
        String token = world.device("swift", null);
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = IntStream.range(0, 8)
                    .mapToObj(writer -> writers.submit(() -> {
                        int wrong = 0;
                        for (int i = 0; i < 20; i++) {
                            String path = "interfaces.i" + writer;
                            ask(token, "PUT", "swift", view("all"), Map.of(path, Map.of("mtu", i)))
                                    .expect(202);
                            JsonNode read = ask(token, "GET", "swift", view("all") + "?keys=" + path, null)
                                    .expect(200)
                                    .json();
                            wrong += read.path("result").path(path).path("mtu").asInt() == i ? 0 : 1;
                        }
                        return wrong;
                    }))
                    .toList();
            for (Future<Integer> each : all) {
                assertThat(each.get()).isZero();
            }
        }
    }

    @Test
    void aTokenForOneViewIsMadeListedAndObeyed() {
        world.device("scoped", null);
        String look = world.token("registry:read:network/look");
        JsonNode listed = world.get("/api/v1/tokens").expect(200).json().path("items");
        assertThat(listed.toString()).contains("[\"registry:read:network/look\"]");
        ask("Bearer " + world.server.adminToken(), "PUT", "scoped", view("all"), Map.of("host", "a"))
                .expect(202);
        assertThat(ask(look, "GET", "scoped", view("look"), null)
                        .expect(200)
                        .json()
                        .path("result")
                        .path("host")
                        .asString())
                .isEqualTo("a");
        ask(look, "GET", "scoped", view("all"), null).expect(403);
        ask(look, "PUT", "scoped", view("look"), Map.of("host", "b")).expect(403);
        ask(look, "GET", "unheard-of", view("look"), null).expect(404);
        world.send("GET", "/api/v1/registries/acme/network/actual/scoped/values", null, look)
                .expect(403);
        Answer unknown = world.ask(
                "POST",
                "/api/v1/tokens",
                Map.of("name", "x", "scopes", List.of("registry:read:network"), "expiresIn", "P1D"));
        assertThat(unknown.expect(400).code()).isEqualTo("identity.scope-unknown");
    }

    @Test
    void secretsAreForThoseWhoMaySeeThemAndThatIsOnRecord() {
        String device = world.device("keeper", null);
        ask(device, "PUT", "keeper", view("all"), Map.of("wifi.key", "hush", "wifi.ssid", "air"))
                .expect(202);
        String reader = world.token("config-read");
        assertThat(ask(reader, "GET", "keeper", view("all"), null).expect(200).text())
                .contains("air")
                .doesNotContain("hush");
        ask(reader, "GET", "keeper", view("all") + "?keys=wifi.key", null).expect(403);
        String scoped = world.token("registry:read:network/all", "registry:secrets");
        assertThat(ask(scoped, "GET", "keeper", view("all"), null).expect(200).text())
                .contains("hush");
        assertThat(newest(5)).anySatisfy(recorded -> {
            assertThat(recorded.event()).isInstanceOfSatisfying(SecretsRead.class, read -> assertThat(read.view())
                    .isEqualTo("all"));
            assertThat(recorded.metadata().get("actor")).asString().startsWith("token:");
        });
    }

    @Test
    void settingsOfSnapsAreSealedInHistory() {
        String device = world.device("snappy", null);
        ask(device, "PUT", "snappy", "snaps/agent/conf", Map.of("password", "hush", "a.b", 1))
                .expect(202);
        assertThat(ask(device, "GET", "snappy", "snaps/agent/conf", null)
                        .expect(200)
                        .json()
                        .path("result")
                        .toString())
                .isEqualTo("{\"a\":{\"b\":1},\"password\":\"hush\"}");
        List<Recorded> history = world.server.bean(History.class).of("snap-settings/snappy/agent");
        assertThat(history).hasSize(1);
        byte[] stored = EventSerializer.of(StoredNames.ALL)
                .serialize(history.getFirst().event(), byte[].class)
                .getData();
        assertThat(new String(stored, StandardCharsets.UTF_8))
                .contains("password")
                .doesNotContain("hush");

        ask(world.token("config-read"), "GET", "snappy", "snaps/agent/conf", null)
                .expect(403);
        ask(world.token("config-read", "config-secrets"), "GET", "snappy", "snaps/agent/conf?keys=a.b", null)
                .expect(200);
        assertThat(newest(5)).anySatisfy(recorded -> assertThat(recorded.event())
                .isInstanceOfSatisfying(
                        SnapSettingsRead.class, read -> assertThat(read.keys()).containsExactly("a.b")));

        world.ask("DELETE", "/api/v1/devices/snappy/registry-key", null).expect(204);
        assertThat(ask(device, "GET", "snappy", "snaps/agent/conf", null)
                        .expect(200)
                        .json()
                        .path("result")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void nobodyComesInWithoutACredential() {
        world.device("closed", null);
        ask(null, "GET", "closed", view("all"), null).expect(401);
        ask("Bearer mst_nobody", "GET", "closed", view("all"), null).expect(401);
        ask("TargetToken wrong", "GET", "closed", view("all"), null).expect(401);
        assertThat(world.send("GET", "/v2/" + view("all"), null, "Bearer " + world.server.adminToken())
                        .status())
                .isEqualTo(404);
    }
}
