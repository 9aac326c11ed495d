package dev.muster.goosebit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.goosebit.GoosebitWorld.Answer;
import dev.muster.updates.ArtifactStore;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Files in ranges, what devices are, and from where they come: GB-40 to GB-43, GB-46, GB-71 (contract §13). */
@Timeout(120)
class ContactVectorsTest {

    private static GoosebitWorld world;

    @BeforeAll
    static void start() {
        world = GoosebitWorld.withoutDeviceAuth();
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void gb40And41_ranges() {
        world.registered("gb40");
        world.patch("gb40", Map.of("feed", "gb40")).expect(200);
        world.rollout("gb40", world.software("40.0", ""));
        byte[] bytes = SwuBytes.of("40.0", "");
        Answer first = world.device("GET", "gb40", "/download", null, "Range", "bytes=0-3")
                .expect(206);
        assertThat(first.text()).isEqualTo("0707");
        assertThat(first.header("Content-Range")).isEqualTo("bytes 0-3/" + bytes.length);
        assertThat(world.device("GET", "gb40", "/download", null, "Range", "bytes=100-")
                        .expect(206)
                        .bytes())
                .hasSize(bytes.length - 100);
        assertThat(world.device("GET", "gb40", "/download", null, "Range", "bytes=-5")
                        .expect(206)
                        .bytes())
                .hasSize(5);
        Answer beyond = world.device("GET", "gb40", "/download", null, "Range", "bytes=9999999-")
                .expect(416);
        assertThat(beyond.header("Content-Range")).isEqualTo("bytes */" + bytes.length);
        world.device("GET", "gb40", "/download", null, "Range", "bytes=5-2").expect(400);
        world.device("GET", "gb40", "/download", null, "Range", "items=0-1").expect(400);

        String etag = first.header("ETag");
        world.device("GET", "gb40", "/download", null, "Range", "bytes=0-3", "If-Range", etag)
                .expect(206);
        world.device("GET", "gb40", "/download", null, "Range", "bytes=0-3", "If-Range", "\"other\"")
                .expect(200);
    }

    @Test
    void gb42And43_attributes() {
        world.poll("gb42");
        world.device("PUT", "gb42", "/configData", Map.of("data", Map.of("sw_version", "3.1")))
                .expect(200);
        world.device("PUT", "gb42", "/configData", Map.of("data", Map.of("device", "plain", "x", 1)))
                .expect(200);
        assertThat(world.shown("gb42").path("sw_version").asString()).isEqualTo("3.1");
        world.device("PUT", "gb42", "/configData", Map.of("mode", "merge")).expect(422);
        world.device("PUT", "gb42", "/configData", Map.of("mode", "other", "data", Map.of()))
                .expect(422);

        world.device("PUT", "gb42", "/configData", Map.of("data", Map.of("sw_version", "x".repeat(129))))
                .expect(422);
        assertThat(world.shown("gb42").path("sw_version").asString()).isEqualTo("3.1");

        world.registered("gb43");
        JsonNode shown = world.shown("gb43");
        assertThat(shown.path("last_state").asString()).isEqualTo("Registered");
        assertThat(shown.path("hardware").path("model").asString()).isEqualTo("default");
        assertThat(shown.path("hardware").path("revision").asString()).isEqualTo("default");
    }

    @Test
    void gb46_linksCarryTheHostThatWasAskedFor() throws Exception {
        assertThat(pollAs("gb46-host", "upd.example.org", "X-Forwarded-Proto: https\r\n"))
                .contains("\"href\":\"https://upd.example.org/goosebit/DEFAULT/controller/v1/gb46-host/configData\"");
        assertThat(pollAs("gb46-host", "upd.example.org:8080", "X-Forwarded-Host: evil.example.org\r\n"))
                .contains("\"href\":\"http://upd.example.org:8080/goosebit/")
                .doesNotContain("evil");
        assertThat(pollAs("gb46-host", "upd.example.org/x\"y", ""))
                .contains(" 400 ")
                .doesNotContain("href");
    }

    /** The whole answer; byte by byte, for no client lets anybody choose the host. */
    private static String pollAs(String id, String host, String headers) throws IOException {
        URI base = URI.create(world.server.baseUrl());
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /goosebit/DEFAULT/controller/v1/" + id + " HTTP/1.1\r\nHost: " + host + "\r\n"
                                    + headers + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void gb46And71_linksAndAddressesBehindAProxy() {
        Answer answer =
                world.device("GET", "gb46", "", null, "X-Forwarded-Proto", "https", "X-Forwarded-For", "2001:db8::7");
        assertThat(answer.json().path("_links").path("configData").path("href").asString())
                .startsWith("https://127.0.0.1:");
        JsonNode shown = world.shown("gb46");
        assertThat(shown.path("last_ipv6").asString()).isEqualTo("2001:db8:0:0:0:0:0:7");
        assertThat(shown.path("last_ipv4").isNull()).isTrue();
        assertThat(shown.path("last_ip").asString())
                .isEqualTo(shown.path("last_ipv6").asString());
        assertThat(shown.path("last_seen").asInt(-1))
                .as("our difference: its first request counts, too")
                .isBetween(0, 60);
        world.poll("gb46");
        assertThat(world.shown("gb46").path("last_seen").asInt(-1)).isBetween(0, 60);
        assertThat(world.shown("gb46").path("polling").asBoolean()).isTrue();
    }

    private static void said(String id, Map<String, Object> body, int status) {
        world.device("PUT", id, "/configData", body).expect(status);
    }

    private static String board(String id) {
        JsonNode hardware = world.shown(id).path("hardware");
        return hardware.path("model").asString() + "/"
                + hardware.path("revision").asString();
    }

    @Test
    void aBoardIsKeptUntilTheDeviceTakesItBack() {
        world.poll("board");
        said("board", Map.of("data", Map.of("hw_boardname", "gateway", "hw_revision", "2")), 200);
        said("board", Map.of("data", Map.of("room", "cellar")), 200);
        assertThat(board("board")).as("adding says nothing about the rest").isEqualTo("gateway/2");
        said("board", Map.of("data", Map.of("hw_boardname", "x".repeat(129))), 422);
        assertThat(board("board")).as("no other hardware by a slip").isEqualTo("gateway/2");
        said("board", Map.of("data", Map.of("hw_revision", "")), 200);
        assertThat(board("board")).isEqualTo("gateway/default");
        said("board", Map.of("mode", "replace", "data", Map.of("sw_version", "1.2")), 200);
        assertThat(board("board")).as("this is all there is of it").isEqualTo("default/default");
        said("board", Map.of("mode", "replace", "data", Map.of("hw_boardname", "gateway")), 200);
        assertThat(world.shown("board").path("sw_version").asString())
                .as("an absent version stays, GB-42")
                .isEqualTo("1.2");
    }

    @Test
    void aLostFileIsNotOffered() {
        int software = world.software("90.1", "");
        world.registered("lost");
        world.patch("lost", Map.of("feed", "lost")).expect(200);
        world.rollout("lost", software);
        String sha256 = SwuBytes.hex("SHA-256", SwuBytes.of("90.1", ""));
        assertThat(world.server.bean(ArtifactStore.class).delete(sha256).block(Duration.ofSeconds(10)))
                .isTrue();

        assertThat(world.offered("lost")).isEmpty();
        assertThat(world.device("GET", "lost", "/deploymentBase/" + software, null)
                        .expect(200)
                        .text())
                .isEqualTo("null");
        world.device("HEAD", "lost", "/download", null).expect(404);
        world.device("GET", "lost", "/download", null).expect(404);
    }
}
