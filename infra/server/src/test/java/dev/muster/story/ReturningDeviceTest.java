package dev.muster.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.Positions;
import dev.muster.server.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A device is decommissioned and registered again under its id. Operators, the device and all decisions agree: it
 * starts afresh. Its numbers go on and its history stays.
 */
class ReturningDeviceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SUCCESS =
            "{\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"success\"},\"details\":[]}}";

    private TestServer server;
    private String gateway;
    private String one;
    private String two;

    @BeforeEach
    void aServerWithTwoReleases() {
        server = TestServer.start();
        gateway = server.ok("PUT", "/api/v1/settings/updates/gateway-token", null)
                .path("token")
                .asString();
        one = release("1.0.0");
        two = release("2.0.0");
        server.ok("POST", "/api/v1/devices", Map.of("id", "robot"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void itIsGivenAgainWhatItHadAndKeepsItsNumbers() {
        int installed = assigned(one, 201);
        says("robot/deploymentBase/" + installed + "/feedback", SUCCESS);
        says("robot/confirmationBase/activateAutoConfirm", "{}");
        int underWay = assigned(two, 201);
        assertThat(rels()).contains("deploymentBase", "installedBase");

        leavesAndReturns();
        int again = assigned(one, 201);

        assertThat(again).isGreaterThan(underWay);
        await().atMost(PATIENCE).until(() -> status(underWay).equals("canceled"));
        JsonNode device = server.get("/api/v1/devices/robot");
        assertThat(device.has("installed")).isFalse();
        assertThat(device.path("assigned").path("version").asString()).isEqualTo("1.0.0");
        assertThat(device.path("updateStatus").asString()).isEqualTo("pending");
        assertThat(device.path("action").asInt()).isEqualTo(again);
        assertThat(device.path("autoConfirm").asBoolean()).isFalse();
        assertThat(rels()).contains("deploymentBase").doesNotContain("installedBase", "cancelAction");
        assertThat(link("deploymentBase")).contains("/deploymentBase/" + again);
        assertThat(JsonMapper.shared()
                        .readTree(ddi("GET", "robot/confirmationBase", null).body())
                        .at("/autoConfirm/active")
                        .asBoolean())
                .isFalse();

        says("robot/deploymentBase/" + again + "/feedback", SUCCESS);
        assertThat(assigned(one, 200)).as("now it has it").isEqualTo(again);
        assertThat(server.get("/api/v1/devices/robot").path("updateStatus").asString())
                .isEqualTo("in-sync");
        assertThat(link("installedBase")).contains("/installedBase/" + again);

        assertThat(status(installed)).isEqualTo("finished");
        assertThat(history())
                .containsSubsequence(
                        "updates.ActionFinished",
                        "registry.DeviceRegistered",
                        "registry.DeviceDecommissioned",
                        "updates.ActionFinished",
                        "registry.DeviceRegistered");
    }

    @Test
    void aLeavingThatIsHeardAfterTheReturnLeavesItWithNothingUnderWay() {
        int underWay = assigned(one, 201);
        leavesAndReturns();
        await().atMost(PATIENCE).until(() -> status(underWay).equals("canceled"));

        JsonNode device = server.get("/api/v1/devices/robot");
        assertThat(device.path("updateStatus").asString()).isEqualTo("unknown");
        assertThat(device.path("actions")).isEmpty();
        assertThat(ddi("GET", "robot/cancelAction/" + underWay, null).statusCode())
                .isEqualTo(404);
        assertThat(rels()).containsExactly("configData");
    }

    @Test
    void whatItSaysToRunIsBelieved() {
        String says = "{\"name\":\"os\",\"version\":\"1.0.0\"}";
        assertThat(ddi("PUT", "robot/installedBase", says).statusCode()).isEqualTo(201);
        assertThat(ddi("PUT", "robot/installedBase", says).statusCode()).isEqualTo(200);

        leavesAndReturns();

        assertThat(ddi("PUT", "robot/installedBase", says).statusCode()).isEqualTo(201);
        await().atMost(PATIENCE).until(() -> server.get("/api/v1/devices/robot")
                .path("installed")
                .path("version")
                .asString("")
                .equals("1.0.0"));
        assertThat(assigned(one, 200)).isPositive();
    }

    @Test
    void aStandingAssignmentServesItAgain() {
        server.ok(
                "POST", "/api/v1/auto-assignments", Map.of("name", "always", "filter", "id==robot", "releaseId", one));
        await().atMost(PATIENCE).until(() -> rels().contains("deploymentBase"));
        String first = link("deploymentBase");
        says(first.substring(first.indexOf("robot/"), first.indexOf('?')) + "/feedback", SUCCESS);
        await().atMost(PATIENCE).until(() -> rels().contains("installedBase"));

        leavesAndReturns();

        await().atMost(PATIENCE).until(() -> rels().contains("deploymentBase"));
        assertThat(link("deploymentBase")).isNotEqualTo(first);
    }

    private void leavesAndReturns() {
        server.ok("DELETE", "/api/v1/devices/robot", null, "If-Match", "*");
        server.ok("POST", "/api/v1/devices", Map.of("id", "robot"));
    }

    private int assigned(String release, int status) {
        HttpResponse<String> answer =
                server.send("POST", "/api/v1/devices/robot/actions", Map.of("releaseId", release));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JsonMapper.shared().readTree(answer.body()).path("action").asInt();
    }

    private String status(int action) {
        return server.get("/api/v1/devices/robot/actions/" + action)
                .path("status")
                .asString();
    }

    /** Types of what happened to the device, newest first. */
    private List<String> history() {
        List<String> types = new ArrayList<>();
        server.get("/api/v1/devices/robot/timeline?limit=200")
                .path("items")
                .forEach(item -> types.add(item.path("type").asString()));
        return types;
    }

    private JsonNode links() {
        HttpResponse<String> poll = ddi("GET", "robot", null);
        assertThat(poll.statusCode()).isEqualTo(200);
        return JsonMapper.shared().readTree(poll.body()).path("_links");
    }

    private List<String> rels() {
        return List.copyOf(links().propertyNames());
    }

    private String link(String rel) {
        return links().path(rel).path("href").asString();
    }

    private void says(String path, String body) {
        HttpResponse<String> answer = ddi("POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** A device that asks after an operator's order was answered; the desk may read of it a moment later. */
    private HttpResponse<String> ddi(String method, String path, String body) {
        server.bean(Positions.class).caughtUp(PATIENCE).block(PATIENCE);
        return TestServer.exchange(HttpRequest.newBuilder(
                        URI.create(server.baseUrl() + "/default/controller/v1/" + path))
                .header("Authorization", "GatewayToken " + gateway)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** It names no hardware, so it fits everybody. */
    private String release(String version) {
        String sha256 = server.ok(
                        "POST",
                        "/api/v1/artifacts?filename=f.bin",
                        ("content of " + version).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/octet-stream")
                .path("sha256")
                .asString();
        Map<String, Object> module = Map.of(
                "type",
                "os",
                "name",
                "os",
                "version",
                version,
                "artifacts",
                List.of(Map.of("sha256", sha256, "fileName", "f.bin")));
        return server.ok(
                        "POST",
                        "/api/v1/releases",
                        Map.of("name", "os", "version", version, "modules", List.of(module)))
                .path("id")
                .asString();
    }
}
