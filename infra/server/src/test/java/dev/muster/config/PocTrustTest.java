package dev.muster.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.server.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Without a trusted network nobody comes in but with a token, and that does what it is for. */
class PocTrustTest {

    private static final TestServer SERVER = TestServer.start();
    private static final PocClient CLIENT = new PocClient(SERVER.baseUrl() + "/registries");

    @AfterAll
    static void stop() {
        CLIENT.close();
        SERVER.close();
    }

    private static String[] bearer(String... scopes) {
        String token = SERVER.ok(
                        "POST",
                        "/api/v1/tokens",
                        Map.of("name", "agents", "scopes", List.of(scopes), "expiresIn", "PT1H"))
                .path("token")
                .asString();
        return new String[] {"Authorization", "Bearer " + token};
    }

    private static int status(String method, String path, String body, String... headers) {
        return CLIENT.send(method, path, body, headers).statusCode();
    }

    @Test
    void withoutAnySettingNobodyComesIn() {
        assertThat(status("POST", "/register/", PocClient.REGISTRATION)).isEqualTo(401);
        assertThat(status("POST", "/poll/", "{}")).isEqualTo(401);
        assertThat(status("GET", "/target-config/", null)).isEqualTo(401);
        assertThat(status("PUT", "/target-config/", "{\"config\":{}}")).isEqualTo(401);
        assertThat(status("GET", "/state/5faaacfc-0663-437c-a2fe-10901154a214/", null))
                .isEqualTo(401);
        assertThat(status("GET", "/docs", null)).isEqualTo(200);
    }

    @Test
    void tokensOfAgentsAndOfOperatorsDoDifferentThings() {
        String[] agent = bearer("devices-enrol");
        assertThat(status("POST", "/register/", PocClient.REGISTRATION, agent)).isEqualTo(200);
        assertThat(status("GET", "/target-config/", null, agent)).isEqualTo(200);
        assertThat(status("PUT", "/target-config/", "{\"config\":{}}", agent)).isEqualTo(403);
        String[] operator = bearer("config-read", "config-write");
        assertThat(status("PUT", "/target-config/", "{\"config\":{\"a\":1}}", operator))
                .isEqualTo(200);
        assertThat(CLIENT.send("GET", "/target-config/", null, operator).body()).isEqualTo("{\"config\":{\"a\":1}}");
        assertThat(status("GET", "/target-config/", null, bearer("devices-read")))
                .isEqualTo(403);
    }
}
