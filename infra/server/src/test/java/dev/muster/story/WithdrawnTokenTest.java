package dev.muster.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Positions;
import dev.muster.server.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A device's token is taken away: it stops working at once and stays away, also when history is read anew. */
class WithdrawnTokenTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void whoHadItIsOutAlsoAfterARestartUntilThereIsAnother() {
        Path data = TestServer.freshDirectory();
        String token;
        try (TestServer server = TestServer.start(data, null)) {
            token = server.ok("POST", "/api/v1/devices", Map.of("id", "robot", "issueToken", true))
                    .path("token")
                    .asString();
            assertThat(poll(server, token)).isEqualTo(200);
            assertThat(hasToken(server)).isTrue();

            assertThat(withdraw(server, "Muster-Reason", "stolen")).isEqualTo(204);

            assertThat(poll(server, token)).isEqualTo(401);
            assertThat(hasToken(server)).isFalse();
            assertThat(withdraw(server)).as("twice is once").isEqualTo(204);
            assertThat(server.send("DELETE", "/api/v1/devices/nobody/token", null)
                            .statusCode())
                    .isEqualTo(404);
            recordedOnce(server);
        }
        try (TestServer server = TestServer.start(data, null)) {
            assertThat(poll(server, token)).isEqualTo(401);
            String another = server.ok("PUT", "/api/v1/devices/robot/token", null)
                    .path("token")
                    .asString();
            assertThat(poll(server, token)).isEqualTo(401);
            assertThat(poll(server, another)).isEqualTo(200);
        }
    }

    private static void recordedOnce(TestServer server) {
        Positions positions = server.bean(Positions.class);
        positions.viewed(positions.committed(), PATIENCE).block(PATIENCE);
        JsonNode items =
                server.get("/api/v1/audit?command=registry.WithdrawToken").path("items");
        int happened = 0;
        for (JsonNode item : items) {
            if (item.path("event").asString("").equals("registry.TokenWithdrawn")) {
                happened++;
                assertThat(item.path("target").asString()).isEqualTo("device/robot");
                assertThat(item.path("actor").asString()).startsWith("token:");
                assertThat(item.path("reason").asString()).isEqualTo("stolen");
            }
        }
        assertThat(happened).isEqualTo(1);
        assertThat(server.get("/api/v1/devices/robot/timeline").toString()).contains("registry.TokenWithdrawn");
    }

    private static boolean hasToken(TestServer server) {
        return server.get("/api/v1/devices/robot").path("hasToken").asBoolean();
    }

    private static int withdraw(TestServer server, String... headers) {
        return server.send("DELETE", "/api/v1/devices/robot/token", null, headers)
                .statusCode();
    }

    /** The status that the device gets. */
    private static int poll(TestServer server, String token) {
        server.bean(Positions.class).caughtUp(PATIENCE).block(PATIENCE);
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + "/default/controller/v1/robot"))
                .timeout(PATIENCE)
                .header("Authorization", "TargetToken " + token)
                .build();
        return TestServer.exchange(request).statusCode();
    }
}
