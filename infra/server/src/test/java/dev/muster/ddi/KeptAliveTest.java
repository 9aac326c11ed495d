package dev.muster.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.server.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A device keeps its connection and asks again at once. With Reactor Netty 1.3.7 (its issue 4361) a few hundred such
 * requests are enough to lose one for ever.
 */
class KeptAliveTest {

    private static final int DEVICES = 1500;
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final String CONFIG = "{\"mode\":\"merge\",\"data\":{\"serial\":\"%d\"}}";

    @Test
    void noRequestOnAKeptConnectionIsEverLost() throws Exception {
        try (TestServer server = TestServer.start()) {
            String gateway = server.ok("PUT", "/api/v1/settings/updates/gateway-token", null)
                    .path("token")
                    .asString();
            HttpClient device =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            try {
                for (int i = 0; i < DEVICES; i++) {
                    String path = server.baseUrl() + "/DEFAULT/controller/v1/kept-" + i;
                    // Registering is finished on another thread, its attributes too, the second poll at once.
                    ask(device, gateway, "GET", path, BodyPublishers.noBody());
                    ask(device, gateway, "PUT", path + "/configData", BodyPublishers.ofString(CONFIG.formatted(i)));
                    ask(device, gateway, "GET", path, BodyPublishers.noBody());
                }
            } finally {
                device.shutdownNow();
            }
        }
    }

    private static void ask(HttpClient device, String gateway, String method, String path, BodyPublisher body)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(path))
                .timeout(WAIT_MAX)
                .header("Authorization", "GatewayToken " + gateway)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        assertThat(device.send(request, BodyHandlers.ofString()).statusCode())
                .as("%s %s", method, path)
                .isEqualTo(200);
    }
}
