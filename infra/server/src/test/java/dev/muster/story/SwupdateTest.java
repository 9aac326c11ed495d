package dev.muster.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.server.TestServer;
import dev.muster.story.SwuFile.Signer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A real, unmodified SWUpdate (Debian's package, suricatta mode) updates itself through the server. */
class SwupdateTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PAYLOAD = 4 << 20;
    private static final String TOKEN = "token-of-a-real-device-0123456789";

    private static TestServer server;

    @TempDir
    Path dir;

    @BeforeAll
    static void startTheServer() {
        assumeTrue(
                new File("/usr/bin/swupdate").canExecute(),
                "SKIPPED: no /usr/bin/swupdate here; install Debian's package swupdate");
        server = TestServer.start();
    }

    @AfterAll
    static void stopTheServer() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void itRegistersInstallsSurvivesACutAndConfirmsAfterItsRestart() throws Exception {
        Signer signer = Signer.make(dir);
        // A factory's network: a device that brings a token is registered with it.
        server.ok(
                "PUT",
                "/api/v1/settings/updates",
                Map.of("pollingTime", "00:00:30", "trust", "setup"),
                "If-Match",
                "*");
        Path installed = dir.resolve("installed.bin");
        try (CuttingProxy proxy = new CuttingProxy(URI.create(server.baseUrl()).getPort())) {
            String url = "http://127.0.0.1:" + proxy.port();

            try (Running swupdate = swupdate("board-7", url, TOKEN, signer, "")) {
                await().atMost(PATIENCE)
                        .until(() -> device("board-7").path("attributes").has("hw_boardname"));
            }
            JsonNode registered = device("board-7");
            assertThat(registered.path("updateStatus").asString()).isEqualTo("registered");
            assertThat(registered.path("hasToken").asBoolean()).isTrue();
            assertThat(registered.path("hardware").path("revision").asString()).isEqualTo("1.0");
            server.ok("PUT", "/api/v1/settings/updates", Map.of("pollingTime", "00:00:30"), "If-Match", "*");

            Path swu = SwuFile.make(dir, "2.0.0", "1.0", PAYLOAD, installed, signer);
            String rollout = startRollout(release(swu), "id==board-7");
            proxy.cutOnceAfter(PAYLOAD / 2);
            try (Running swupdate = swupdate("board-7", url, TOKEN, signer, "-r 5 -w 1")) {
                await().atMost(PATIENCE).until(() -> Files.exists(installed) && Files.size(installed) == PAYLOAD);
                await().atMost(PATIENCE)
                        .until(() -> swupdate.said("All Chunks Installed")
                                || entries("board-7").contains("All Chunks Installed"));
            }
            assertThat(proxy.cuts()).as("the download was cut once").isEqualTo(1);
            assertThat(device("board-7").path("updateStatus").asString())
                    .as("not done before the restart confirms it")
                    .isEqualTo("pending");

            try (Running swupdate = swupdate("board-7", url, TOKEN, signer, "-c 2")) {
                await().atMost(PATIENCE).until(() -> device("board-7")
                        .path("installed")
                        .path("version")
                        .asString("")
                        .equals("2.0.0"));
            }
            assertThat(device("board-7").path("updateStatus").asString()).isEqualTo("in-sync");
            await().atMost(PATIENCE).until(() -> server.get("/api/v1/rollouts/" + rollout)
                    .path("state")
                    .asString()
                    .equals("finished"));
            assertThat(server.get("/api/v1/rollouts/" + rollout)
                            .path("groups")
                            .get(0)
                            .path("succeeded")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void aWrongTokenIsTurnedAwayAndLeavesNothingBehind() throws Exception {
        Signer signer = Signer.make(dir);
        server.ok("PUT", "/api/v1/settings/updates", Map.of("pollingTime", "00:00:30"), "If-Match", "*");
        server.ok("POST", "/api/v1/devices", Map.of("id", "board-8", "token", "the-right-token-0123456789"));
        try (Running swupdate = swupdate("board-8", server.baseUrl(), "a-wrong-token-0123456789", signer, "")) {
            await().atMost(PATIENCE).until(() -> swupdate.said("401"));
        }
        assertThat(device("board-8").path("presence").asString()).isEqualTo("never-seen");
    }

    @Test
    void aBundleForOtherHardwareIsNeverOffered() throws Exception {
        server.ok("POST", "/api/v1/devices", Map.of("id", "board-9", "token", "the-right-token-0123456789"));
        ddi("PUT", "board-9", "/configData", "{\"data\":{\"hw_boardname\":\"board\",\"hw_revision\":\"1.0\"}}");
        String other = release(SwuFile.make(dir, "9.0.0", "9.9", 1000, dir.resolve("never.bin")));
        var refused = server.send(
                "POST",
                "/api/v1/rollouts",
                Map.of("name", "other hardware", "releaseId", other, "filter", "id==board-9"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("updates.rollout-empty");
        var assigned = server.send("POST", "/api/v1/devices/board-9/actions", Map.of("releaseId", other));
        assertThat(assigned.statusCode()).isEqualTo(409);
        assertThat(assigned.body()).contains("updates.release-incompatible");
        assertThat(ddi("GET", "board-9", "", null)).doesNotContain("deploymentBase");
    }

    private static String release(Path swu) throws IOException {
        return server.ok(
                        "POST",
                        "/api/v1/releases:upload?filename=" + swu.getFileName(),
                        Files.readAllBytes(swu),
                        "Content-Type",
                        "application/octet-stream")
                .path("id")
                .asString();
    }

    private static String startRollout(String release, String filter) {
        String id = server.rollout(Map.of("name", "real", "releaseId", release, "filter", filter));
        await().atMost(PATIENCE)
                .until(() -> device("board-7").path("updateStatus").asString().equals("pending"));
        return id;
    }

    private static JsonNode device(String id) {
        var answer = server.send("GET", "/api/v1/devices/" + id, null);
        return answer.statusCode() == 200
                ? tools.jackson.databind.json.JsonMapper.shared().readTree(answer.body())
                : tools.jackson.databind.json.JsonMapper.shared().createObjectNode();
    }

    private static String entries(String id) {
        return server.send("GET", "/api/v1/devices/" + id + "/actions", null).body();
    }

    private static String ddi(String method, String device, String path, String body) {
        var request = java.net.http.HttpRequest.newBuilder(
                        URI.create(server.baseUrl() + "/default/controller/v1/" + device + path))
                .header("Authorization", "TargetToken the-right-token-0123456789")
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? java.net.http.HttpRequest.BodyPublishers.noBody()
                                : java.net.http.HttpRequest.BodyPublishers.ofString(body))
                .build();
        return TestServer.exchange(request).body();
    }

    /** SWUpdate at work, in a temporary directory of its own for its sockets. */
    private Running swupdate(String id, String url, String token, Signer signer, String options) throws IOException {
        Path home = Files.createTempDirectory(dir, "swupdate");
        Path config = home.resolve("swupdate.cfg");
        Files.writeString(config, """
                globals: { verbose = true; loglevel = 5; };
                suricatta: { tenant = "DEFAULT"; id = "%s"; url = "%s"; polldelay = 1; targettoken = "%s"; };
                identify: ( { name = "hw_boardname"; value = "board"; }, { name = "hw_revision"; value = "1.0"; } );
                """.formatted(id, url, token));
        List<String> command = new ArrayList<>(List.of(
                "swupdate",
                "-f",
                config.toString(),
                "-k",
                signer.certificate().toString(),
                "-H",
                "board:1.0",
                "-u",
                options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TMPDIR", home.toString());
        Path log = home.resolve("log");
        builder.redirectOutput(log.toFile());
        return new Running(builder.start(), log);
    }

    private record Running(Process process, Path log) implements AutoCloseable {

        boolean said(String words) {
            try {
                return Files.readString(log).contains(words);
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() throws InterruptedException {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
