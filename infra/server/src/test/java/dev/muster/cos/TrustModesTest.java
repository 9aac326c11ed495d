package dev.muster.cos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cos.CosAgent.Files;
import dev.muster.server.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Each mode of trust with the agent's own habits: its token goes with GET and POST only. */
class TrustModesTest {

    private static final TestServer SERVER = TestServer.start("--muster.cos.token-memory=PT10M");

    private final RawHttp http = new RawHttp(SERVER.baseUrl());

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static String token(String... scopes) {
        return SERVER.ok(
                        "POST",
                        "/api/v1/tokens",
                        Map.of("name", "agents", "scopes", List.of(scopes), "expiresIn", "PT1H"))
                .path("token")
                .asString();
    }

    @Test
    void withoutAnySettingNobodyComesInButForHealth() {
        assertThat(http.send("GET", "/cos/api/v1/health/", null).status()).isEqualTo(200);
        assertThat(http.send("GET", "/cos/api/v1/devices/", null).status()).isEqualTo(401);
        assertThat(http.send("GET", "/cos/devices/", null).status()).isEqualTo(401);
    }

    @Test
    void anAgentsTokenAndTheMemoryOfItAreEnoughForItsWholeDay() {
        String token = token("devices-enrol");
        CosAgent agent = new CosAgent(http, "/cos", "trusty", token);
        Files files = new Files(Map.of("trusty-board", "{\"a\": 1}"), Map.of(), Map.of(), Map.of());

        agent.setup(files);
        agent.update(files);
        agent.delete();

        assertThat(agent.log).allMatch(it -> it.matches(".* (200|201|204|404)"));
        assertThat(agent.log.getLast()).isEqualTo("DELETE devices/trusty/ 204");
        String timeline = SERVER.get("/api/v1/devices/trusty/timeline").toString();
        assertThat(timeline).contains("DeviceEnrolled");
    }

    @Test
    void anAgentMayNotListNorSign() {
        String[] agent = {"Authorization", "bearer " + token("devices-enrol")};
        assertThat(http.send("GET", "/cos/api/v1/devices/", null, agent).status())
                .isEqualTo(403);
        assertThat(http.send("GET", "/cos/devices/", null, agent).status()).isEqualTo(403);
        assertThat(sign(agent)).isEqualTo(403);
        String[] charm = {"Authorization", "bearer " + token("observe-read", "observe-write")};
        assertThat(http.send("GET", "/cos/api/v1/devices/", null, charm).status())
                .isEqualTo(200);
        assertThat(sign(charm)).as("may, but there is nothing to sign").isEqualTo(404);
    }

    private int sign(String[] headers) {
        String path = "/cos/api/v1/devices/nobody/certificate/";
        return http.send("PATCH", path, "{}".getBytes(StandardCharsets.UTF_8), headers)
                .status();
    }
}
