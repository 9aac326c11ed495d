package dev.muster.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.server.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators rely on, told to the whole server on disk. */
class ServerStoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    Path dir;

    @Test
    void aBadReleaseStopsItselfAndAGoodOneReachesEveryone() {
        try (TestServer server = TestServer.start()) {
            String gateway = gateway(server);
            register(server, 20);
            String bad = release(server, "1.1.0");
            String rollout = rollout(
                    server,
                    bad,
                    List.of(
                            Map.of("name", "canary", "percent", 10, "errorPercent", 20),
                            Map.of("name", "rest", "percent", 90)));
            for (int device : List.of(0, 1)) {
                report(server, gateway, device, "closed", "failure");
            }
            await().atMost(PATIENCE).until(() -> state(server, rollout).equals("paused"));
            JsonNode paused = server.get("/api/v1/rollouts/" + rollout);
            assertThat(paused.path("pauseCause").asString()).isEqualTo("error-threshold");
            assertThat(paused.path("groups").get(1).path("offered").asInt())
                    .as("nobody else was touched")
                    .isZero();
            server.ok("POST", "/api/v1/rollouts/" + rollout + "/abort", null);

            String good = release(server, "1.2.0");
            String second = rollout(
                    server,
                    good,
                    List.of(Map.of("name", "canary", "percent", 10), Map.of("name", "rest", "percent", 90)));
            for (int device = 0; device < 2; device++) {
                report(server, gateway, device, "closed", "success");
            }
            await().atMost(PATIENCE)
                    .until(() -> server.get("/api/v1/rollouts/" + second)
                                    .path("groups")
                                    .get(1)
                                    .path("offered")
                                    .asInt()
                            == 18);
            for (int device = 2; device < 20; device++) {
                report(server, gateway, device, "closed", "success");
            }
            await().atMost(PATIENCE).until(() -> state(server, second).equals("finished"));
            assertThat(server.get("/api/v1/devices?filter=installed.version==1.2.0&count=true")
                            .path("count")
                            .asInt())
                    .isEqualTo(20);
        }
    }

    @Test
    void aStandingAssignmentServesDevicesThatComeLater() {
        try (TestServer server = TestServer.start()) {
            String gateway = gateway(server);
            String release = release(server, "3.0.0");
            server.ok(
                    "POST",
                    "/api/v1/auto-assignments",
                    Map.of("name", "newest", "filter", "attribute.site==ulm", "latest", true));
            server.ok("POST", "/api/v1/devices", Map.of("id", "late"));
            ddi(server, gateway, "PUT", "late/configData", "{\"data\":{\"site\":\"ulm\"}}");
            await().atMost(PATIENCE).until(() -> server.get("/api/v1/devices/late")
                    .path("assigned")
                    .path("id")
                    .asString("")
                    .equals(release));
            assertThat(ddi(server, gateway, "GET", "late", null)).contains("deploymentBase");
        }
    }

    @Test
    void aWipedViewStoreRebuildsToEqualContent() throws IOException {
        Path data = TestServer.freshDirectory();
        List<JsonNode> before = new ArrayList<>();
        try (TestServer server = TestServer.start(data, null)) {
            String gateway = gateway(server);
            register(server, 10);
            rollout(server, release(server, "1.0.0"), List.of(Map.of("percent", 100)));
            for (int device = 0; device < 9; device++) {
                report(server, gateway, device, "closed", device % 3 == 0 ? "failure" : "success");
            }
            settle(server);
            before.addAll(content(server));
        }
        wipe(data.resolve("views"));
        try (TestServer server = TestServer.start(data, null)) {
            settle(server);
            assertThat(content(server)).isEqualTo(before);
        }
    }

    @Test
    void whatWasDecidedIsThereAfterARestart() {
        Path data = TestServer.freshDirectory();
        String rollout;
        String gateway;
        try (TestServer server = TestServer.start(data, null)) {
            gateway = gateway(server);
            register(server, 3);
            rollout = rollout(server, release(server, "1.0.0"), List.of(Map.of("percent", 100)));
        }
        try (TestServer server = TestServer.start(data, null)) {
            assertThat(ddi(server, gateway, "GET", "d00", null)).contains("deploymentBase");
            for (int device = 0; device < 3; device++) {
                report(server, gateway, device, "closed", "success");
            }
            await().atMost(PATIENCE).until(() -> state(server, rollout).equals("finished"));
        }
    }

    @Test
    void everyOrderLeavesAnAuditEntryAcceptedOrRefused() {
        try (TestServer server = TestServer.start()) {
            server.ok("POST", "/api/v1/devices", Map.of("id", "one"), "Muster-Reason", "first robot");
            assertThat(server.send("POST", "/api/v1/devices", Map.of("id", "one", "name", "other"))
                            .statusCode())
                    .isEqualTo(409);
            JsonNode items = server.get("/api/v1/audit?limit=50").path("items");
            JsonNode refused = first(items, "refused");
            assertThat(refused.path("command").asString()).isEqualTo("registry.RegisterDevice");
            assertThat(refused.path("code").asString()).isEqualTo("registry.device-exists");
            assertThat(refused.path("actor").asString()).startsWith("token:");
            JsonNode accepted = null;
            for (JsonNode item : items) {
                if (item.path("event").asString("").equals("registry.DeviceRegistered")) {
                    accepted = item;
                }
            }
            assertThat(accepted.path("reason").asString()).isEqualTo("first robot");
        }
    }

    @Test
    void aWindowThatCannotBeKeptIsRefusedWhereverItIsGiven() {
        try (TestServer server = TestServer.start()) {
            register(server, 1);
            String release = release(server, "1.0.0");
            Map<String, Object> tooLong = Map.of("schedule", "0 0 2 * * ?", "duration", "P400D", "zone", "Z");
            Map<String, Object> never = Map.of("schedule", "0 0 2 1 1 ? 2020", "duration", "PT1H", "zone", "Z");
            Map<String, Object> nightly = Map.of("schedule", "0 0 2 * * ?", "duration", "PT1H", "zone", "+01:00");
            for (Map<String, Object> window : List.of(tooLong, never)) {
                var assigned = server.send(
                        "POST", "/api/v1/devices/d00/actions", Map.of("releaseId", release, "window", window));
                assertThat(assigned.statusCode()).isEqualTo(400);
                assertThat(assigned.body()).contains("updates.window-invalid");
                var planned = server.send(
                        "POST",
                        "/api/v1/rollouts",
                        Map.of("name", "w", "releaseId", release, "filter", "id==d*", "window", window));
                assertThat(planned.statusCode()).isEqualTo(400);
                assertThat(planned.body()).contains("updates.window-invalid");
            }
            server.ok("POST", "/api/v1/devices/d00/actions", Map.of("releaseId", release, "window", nightly));
        }
    }

    private static JsonNode first(JsonNode items, String outcome) {
        for (JsonNode item : items) {
            if (item.path("outcome").asString().equals(outcome)) {
                return item;
            }
        }
        throw new AssertionError("no " + outcome + " entry in " + items);
    }

    /** Everything the views answer, without what time alone changes. */
    private static List<JsonNode> content(TestServer server) {
        List<JsonNode> content = new ArrayList<>();
        for (JsonNode rollout : server.get("/api/v1/rollouts").path("items")) {
            JsonNode whole = server.get("/api/v1/rollouts/" + rollout.path("id").asString());
            content.add(whole);
        }
        for (int device = 0; device < 10; device++) {
            content.add(server.get("/api/v1/devices/" + id(device) + "/actions"));
        }
        return content;
    }

    /** Waits until memory and views have seen everything. */
    private static void settle(TestServer server) {
        dev.muster.kernel.Positions positions = server.bean(dev.muster.kernel.Positions.class);
        await().during(Duration.ofMillis(500)).atMost(PATIENCE).until(() -> {
            long committed = positions.committed();
            positions.viewed(committed, PATIENCE).block();
            return positions.committed() == committed;
        });
    }

    private static void wipe(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public java.nio.file.FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                    throws IOException {
                Files.delete(file);
                return java.nio.file.FileVisitResult.CONTINUE;
            }
        });
    }

    private static String id(int device) {
        return "d%02d".formatted(device);
    }

    private static void register(TestServer server, int devices) {
        for (int device = 0; device < devices; device++) {
            server.ok("POST", "/api/v1/devices", Map.of("id", id(device)));
        }
    }

    private String release(TestServer server, String version) {
        Path swu = SwuFile.make(dir, version, "1.0", 1000, dir.resolve("x"));
        try {
            // Fits every board: the devices of these stories report none.
            String sha = server.ok(
                            "POST",
                            "/api/v1/artifacts?filename=f.swu",
                            Files.readAllBytes(swu),
                            "Content-Type",
                            "application/octet-stream")
                    .path("sha256")
                    .asString();
            return server.ok(
                            "POST",
                            "/api/v1/releases",
                            Map.of(
                                    "name",
                                    "os",
                                    "version",
                                    version,
                                    "modules",
                                    List.of(Map.of(
                                            "type",
                                            "os",
                                            "name",
                                            "os",
                                            "version",
                                            version,
                                            "compatibility",
                                            List.of(),
                                            "artifacts",
                                            List.of(Map.of("sha256", sha, "fileName", "f.swu"))))))
                    .path("id")
                    .asString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String rollout(TestServer server, String release, List<Map<String, Object>> groups) {
        String id = server.rollout(Map.of("name", "story", "releaseId", release, "filter", "id==d*", "groups", groups));
        await().atMost(PATIENCE)
                .until(() -> server.get("/api/v1/rollouts/" + id)
                                .path("groups")
                                .get(0)
                                .path("offered")
                                .asInt(0)
                        > 0);
        return id;
    }

    private static String state(TestServer server, String rollout) {
        return server.get("/api/v1/rollouts/" + rollout).path("state").asString("");
    }

    private static String gateway(TestServer server) {
        return server.ok("PUT", "/api/v1/settings/updates/gateway-token", null)
                .path("token")
                .asString();
    }

    /** The device reads what it shall do and answers; it first stops what it is asked to stop. */
    private static void report(TestServer server, String gateway, int device, String execution, String finished) {
        String status = "{\"status\":{\"execution\":\"%s\",\"result\":{\"finished\":\"%s\"},\"details\":[\"done\"]}}";
        for (int round = 0; round < 3; round++) {
            String poll = ddi(server, gateway, "GET", id(device), null);
            JsonNode links = JSON.readTree(poll).path("_links");
            if (links.has("cancelAction")) {
                String path = links.path("cancelAction").path("href").asString();
                ddi(
                        server,
                        gateway,
                        "POST",
                        path.substring(path.indexOf(id(device))) + "/feedback",
                        status.formatted("closed", "success"));
            } else if (links.has("deploymentBase")) {
                String path = links.path("deploymentBase").path("href").asString();
                String action = path.substring(path.indexOf(id(device)), path.indexOf('?'));
                ddi(server, gateway, "POST", action + "/feedback", status.formatted(execution, finished));
                return;
            }
        }
        throw new AssertionError(id(device) + " was offered nothing");
    }

    /** A device that asks after an operator's order was answered; the desk may read of it a moment later. */
    private static String ddi(TestServer server, String gateway, String method, String path, String body) {
        server.bean(dev.muster.kernel.Positions.class).caughtUp(PATIENCE).block(PATIENCE);
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + "/default/controller/v1/" + path))
                .header("Authorization", "GatewayToken " + gateway)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        var answer = TestServer.exchange(request);
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(method + " " + path + " answered " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
