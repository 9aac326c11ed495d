package dev.muster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.History;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Heartbeats;
import dev.muster.server.TestServer;
import dev.muster.server.http.OwnListener;
import dev.muster.server.policy.Policies;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Agents of the proof of concept and the whole server: both doors, devices, history. */
class PocStoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final TestServer SERVER = TestServer.start(
            "--muster.registries.trusted-networks=127.0.0.0/8", "--muster.registries.address=127.0.0.1:0");
    private static final PocClient CLIENT = new PocClient(SERVER.baseUrl() + "/registries");
    private static final PocClient OWN =
            new PocClient("http://127.0.0.1:" + SERVER.bean(OwnListener.class).port());

    @AfterAll
    static void stop() {
        CLIENT.close();
        OWN.close();
        SERVER.close();
    }

    @BeforeEach
    void aTarget() {
        assertThat(CLIENT.setTarget("{\"at\":\"first\"}")).isEqualTo(200);
    }

    /** The place of the newest event, once all policies are done with it. */
    private static long lastEvent() {
        Positions positions = SERVER.bean(Positions.class);
        Policies policies = SERVER.bean(Policies.class);
        await().atMost(PATIENCE).until(() -> {
            long newest = positions.committed();
            return policies.positions().values().stream().allMatch(it -> it >= newest)
                    && positions.committed() == newest;
        });
        return positions.committed();
    }

    private static List<String> eventsSince(long place) {
        long newest = lastEvent();
        List<Recorded> news = SERVER.bean(History.class).before(newest + 1, Math.toIntExact(newest - place));
        return news.reversed().stream()
                .map(it -> it.event().getClass().getSimpleName())
                .toList();
    }

    private static JsonNode device(String uuid) {
        HttpResponse<String> answer = SERVER.send("GET", "/api/v1/devices/" + uuid, null);
        return answer.statusCode() == 200
                ? JsonMapper.shared().readTree(answer.body())
                : JsonMapper.shared().nullNode();
    }

    @Test
    void anAgentGoesItsWay() {
        String uuid = CLIENT.register();
        HttpResponse<String> first = CLIENT.poll(uuid, "{}");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("{\"config\":{\"at\":\"first\"}}");
        assertThat(first.headers().firstValue("Content-Type")).hasValue("application/json");

        assertThat(CLIENT.poll(uuid, "{\"at\": \"first\"}").statusCode()).isEqualTo(204);
        assertThat(CLIENT.state(uuid)).isEqualTo("{\"at\":\"first\"}");

        CLIENT.setTarget("{\"at\":\"second\",\"whole\":123456789012345678901234567890}");
        HttpResponse<String> second = CLIENT.poll(uuid, "{\"at\": \"first\"}");
        assertThat(second.body())
                .isEqualTo("{\"config\":{\"at\":\"second\",\"whole\":123456789012345678901234567890}}");
        assertThat(CLIENT.poll(uuid, "{\"at\": \"second\", \"whole\": 123456789012345678901234567890}")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void bothDoorsLeadIntoOneHouse() {
        String uuid = OWN.register();
        assertThat(OWN.setTarget("{\"door\":\"own\"}")).isEqualTo(200);
        assertThat(CLIENT.target()).isEqualTo("{\"door\":\"own\"}");
        assertThat(CLIENT.poll(uuid, "{\"door\":\"own\"}").statusCode()).isEqualTo(204);
        assertThat(OWN.state(uuid)).isEqualTo("{\"door\":\"own\"}");
        assertThat(OWN.send("GET", "/docs", null).statusCode()).isEqualTo(200);
        assertThat(OWN.send("GET", "/api/v1/devices", null).statusCode()).isEqualTo(404);
        assertThat(CLIENT.send("GET", "/openapi.json", null).statusCode()).isEqualTo(200);
    }

    @Test
    void whoForgetsTheSlashArrives() {
        assertThat(CLIENT.send("GET", "/target-config", null).body()).isEqualTo("{\"config\":{\"at\":\"first\"}}");
        assertThat(CLIENT.send("POST", "/register", PocClient.REGISTRATION).statusCode())
                .isEqualTo(200);
    }

    @Test
    void pollsThatTellNothingLeaveNothingBehind() {
        String uuid = CLIENT.register();
        CLIENT.poll(uuid, "{\"at\":\"first\"}");
        long before = lastEvent();
        for (int i = 0; i < 50; i++) {
            assertThat(CLIENT.poll(uuid, "{\"at\":\"first\"}").statusCode()).isEqualTo(204);
        }
        CLIENT.poll(uuid, "{ \"at\" : \"first\" }");
        assertThat(CLIENT.setTarget("{\"at\":\"first\"}")).isEqualTo(200);
        assertThat(eventsSince(before)).isEmpty();
        assertThat(SERVER.bean(Heartbeats.class).lastHeard(new DeviceId(uuid))).isNotNull();
    }

    @Test
    void whatIsDoneIsHistory() {
        long before = lastEvent();
        String uuid = CLIENT.register();
        lastEvent();
        CLIENT.poll(uuid, "{\"a\":1}");
        CLIENT.setTarget("{\"a\":1}");
        assertThat(eventsSince(before))
                .containsExactly(
                        "AgentRegistered", "DeviceRegistered", "AttributesReported", "ConfigReported", "TargetChanged");
        JsonNode timeline = SERVER.get("/api/v1/devices/" + uuid + "/timeline");
        assertThat(timeline.path("items").findValuesAsString("type"))
                .contains("config.AgentRegistered", "config.ConfigReported", "registry.DeviceRegistered");
        assertThat(timeline.toString()).contains("agent:" + uuid);
    }

    @Test
    void anAgentIsADeviceAndGoesWithIt() {
        String uuid = CLIENT.register();
        await().atMost(PATIENCE).until(() -> device(uuid)
                .path("attributes")
                .path("arch")
                .asString("")
                .equals("arm64"));
        assertThat(device(uuid).path("origin").asString()).isEqualTo("agent");
        assertThat(device(uuid).path("address").asString()).isEqualTo("10.0.0.1");

        SERVER.ok("DELETE", "/api/v1/devices/" + uuid, null, "If-Match", "*");

        await().atMost(PATIENCE).until(() -> CLIENT.poll(uuid, "{}").statusCode() == 400);
        assertThat(CLIENT.poll(uuid, "{}").body()).isEqualTo("{\"detail\":\"Agent not registered\"}");
        assertThat(CLIENT.send("GET", "/state/" + uuid + "/", null).body())
                .isEqualTo("{\"detail\":\"Agent registration not found\"}");
        lastEvent();
        assertThat(device(uuid).isNull()).as("it does not come back").isTrue();
        assertThat(CLIENT.register()).isNotEqualTo(uuid);
    }

    @Test
    void whatIsNoneOfTheAgentsBusinessIsElsewhere() {
        assertThat(CLIENT.send("GET", "/nope", null).body()).isEqualTo("{\"detail\":\"Not Found\"}");
        assertThat(CLIENT.send("GET", "/poll/", null).statusCode()).isEqualTo(405);
        assertThat(CLIENT.poll("5faaacfc-0663-437c-a2fe-10901154a214", "{}").body())
                .isEqualTo("{\"detail\":\"Agent not registered\"}");
        assertThat(CLIENT.poll("x", "{}").statusCode()).isEqualTo(422);
    }

    @Test
    void figuresAreRead() {
        String uuid = CLIENT.register();
        CLIENT.poll(uuid, "{}");
        CLIENT.poll(uuid, "{}");
        String figures = SERVER.send("GET", "/actuator/prometheus", null).body();
        assertThat(figures)
                .contains("muster_registries_agents", "muster_registries_target")
                .contains("muster_registries_polls_total{outcome=\"repeated\"}");
    }
}
