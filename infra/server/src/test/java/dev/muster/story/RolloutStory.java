package dev.muster.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.Positions;
import dev.muster.server.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole server, rollouts as an administrator sees them, and devices that speak DDI with the gateway's token. */
final class RolloutStory implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final JsonMapper JSON = JsonMapper.shared();

    final TestServer server;
    private final String gateway;

    private RolloutStory(TestServer server) {
        this.server = server;
        this.gateway = server.ok("PUT", "/api/v1/settings/updates/gateway-token", null)
                .path("token")
                .asString();
    }

    static RolloutStory begun() {
        return new RolloutStory(TestServer.start());
    }

    @Override
    public void close() {
        server.close();
    }

    void devices(String... ids) {
        for (String id : ids) {
            server.ok("POST", "/api/v1/devices", Map.of("id", id));
        }
        caughtUp();
    }

    /** It names no hardware, so it fits everybody; answers its id. */
    String release(String name, String version) {
        String sha256 = server.ok(
                        "POST",
                        "/api/v1/artifacts?filename=f.bin",
                        ("content of " + name + " " + version).getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/octet-stream")
                .path("sha256")
                .asString();
        Map<String, Object> module = Map.of(
                "type",
                "os",
                "name",
                name,
                "version",
                version,
                "artifacts",
                List.of(Map.of("sha256", sha256, "fileName", "f.bin")));
        return server.ok(
                        "POST",
                        "/api/v1/releases",
                        Map.of("name", name, "version", version, "modules", List.of(module)))
                .path("id")
                .asString();
    }

    /** @param more members of the request beside the necessary ones */
    static Map<String, Object> plan(String name, String release, String filter, Map<String, ?> more) {
        Map<String, Object> plan = new HashMap<>(more);
        plan.put("name", name);
        plan.put("releaseId", release);
        plan.put("filter", filter);
        return plan;
    }

    /** Planned by the administrator; answers its id. */
    String planned(Map<String, Object> plan) {
        caughtUp();
        return server.ok("POST", "/api/v1/rollouts", plan).path("id").asString();
    }

    String started(Map<String, Object> plan) {
        String id = planned(plan);
        order(id, "start");
        return id;
    }

    /** An order that is expected to be taken. */
    void order(String rollout, String order) {
        server.ok("POST", path(rollout) + "/" + order, null);
    }

    /** An order that may be refused. */
    HttpResponse<String> tried(String rollout, String order, @Nullable Object body) {
        return server.send("POST", path(rollout) + "/" + order, body);
    }

    static String path(String rollout) {
        return "/api/v1/rollouts/" + rollout;
    }

    JsonNode rollout(String id) {
        shown();
        return server.get(path(id));
    }

    void becomes(String rollout, String state) {
        await().atMost(PATIENCE).until(() -> rollout(rollout).path("state").asString(""), now -> now.equals(state));
    }

    JsonNode group(String rollout, int index) {
        return rollout(rollout).path("groups").path(index);
    }

    /** The ids of a group's devices in the order in which they are offered the release. */
    List<String> members(String rollout, int group) {
        shown();
        List<String> ids = new ArrayList<>();
        for (JsonNode each :
                server.get(path(rollout) + "/devices?group=" + group).path("items")) {
            ids.add(each.path("id").asString());
        }
        return ids;
    }

    /** The ids of all rollouts that are listed. */
    List<String> listed() {
        List<String> ids = new ArrayList<>();
        for (JsonNode each : server.get("/api/v1/rollouts").path("items")) {
            ids.add(each.path("id").asString());
        }
        return ids;
    }

    JsonNode action(String device, int number) {
        shown();
        HttpResponse<String> answer = server.send("GET", "/api/v1/devices/" + device + "/actions/" + number, null);
        return JSON.readTree(answer.body());
    }

    void ends(String device, int action, String status) {
        await().atMost(PATIENCE)
                .until(() -> action(device, action).path("status").asString(""), now -> now.equals(status));
    }

    void runs(String device, String version) {
        await().atMost(PATIENCE)
                .until(
                        () -> server.get("/api/v1/devices/" + device)
                                .path("installed")
                                .path("version")
                                .asString(""),
                        now -> now.equals(version));
    }

    /** Given by hand, and installed. */
    void has(String device, String release, String version) {
        caughtUp();
        int action = server.ok("POST", "/api/v1/devices/" + device + "/actions", Map.of("releaseId", release))
                .path("action")
                .asInt();
        does(device, action, "success");
        runs(device, version);
    }

    /** The action that the device is offered next, later than this one. */
    int offered(String device, int after) {
        return await().atMost(PATIENCE).until(() -> number(links(device), "deploymentBase"), number -> number > after);
    }

    /** Looks at what it is offered, then says how it went. */
    void does(String device, int action, String finished) {
        await().atMost(PATIENCE).until(() -> number(links(device), "deploymentBase") == action);
        HttpResponse<String> offer = ddi("GET", device + "/deploymentBase/" + action, null);
        assertThat(offer.statusCode()).as(offer.body()).isEqualTo(200);
        says(device, "deploymentBase", action, finished);
    }

    /** @param resource {@code deploymentBase} or {@code cancelAction} */
    void says(String device, String resource, int action, String finished) {
        HttpResponse<String> answer = ddi(
                "POST",
                device + "/" + resource + "/" + action + "/feedback",
                "{\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"" + finished
                        + "\"},\"details\":[]}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** What it finds when it polls, once all that was decided is known. */
    JsonNode links(String device) {
        caughtUp();
        return linksNow(device);
    }

    /** What it finds when it polls this moment. */
    JsonNode linksNow(String device) {
        HttpResponse<String> poll = raw("GET", device, null);
        assertThat(poll.statusCode()).as(poll.body()).isEqualTo(200);
        return JSON.readTree(poll.body()).path("_links");
    }

    /** The number of the action that the link leads to, 0 without the link. */
    static int number(JsonNode links, String rel) {
        String href = links.path(rel).path("href").asString("");
        if (href.isEmpty()) {
            return 0;
        }
        String number = href.substring(href.lastIndexOf('/') + 1);
        int query = number.indexOf('?');
        return Integer.parseInt(query < 0 ? number : number.substring(0, query));
    }

    /** PUTs the one attribute; answers when the server has answered. */
    void tells(String device, String attribute, String value) {
        HttpResponse<String> answer =
                raw("PUT", device + "/configData", "{\"data\":{\"" + attribute + "\":\"" + value + "\"}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    void caughtUp() {
        server.bean(Positions.class).caughtUp(PATIENCE).block(PATIENCE);
    }

    /** What is read next shows all that was decided until now. */
    private void shown() {
        Positions positions = server.bean(Positions.class);
        positions.viewed(positions.committed(), PATIENCE).block(PATIENCE);
    }

    private HttpResponse<String> ddi(String method, String path, @Nullable String body) {
        caughtUp();
        return raw(method, path, body);
    }

    private HttpResponse<String> raw(String method, String path, @Nullable String body) {
        return TestServer.exchange(HttpRequest.newBuilder(
                        URI.create(server.baseUrl() + "/default/controller/v1/" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "GatewayToken " + gateway)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).path("code").asString("")).isEqualTo(code);
    }
}
