package dev.muster.apps;

import dev.muster.apps.simulator.AgentPlant;
import dev.muster.apps.simulator.AgentSettings;
import dev.muster.apps.simulator.ContainerEngine;
import dev.muster.apps.simulator.DeviceFile;
import dev.muster.apps.simulator.SimulatedAgent;
import dev.muster.server.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The whole real server with simulated agents of devices, which come to it through real WebSockets. */
final class AppsWorld implements AutoCloseable {

    static final Duration WAIT = Duration.ofSeconds(30);

    final TestServer server;
    final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final AgentPlant plant = new AgentPlant(Duration.ofSeconds(5));
    private final List<SimulatedAgent> agents = new CopyOnWriteArrayList<>();

    private AppsWorld(TestServer server) {
        this.server = server;
    }

    static AppsWorld start(String... settings) {
        return new AppsWorld(TestServer.start(settings));
    }

    /** Registers a device and enrols its agent; answers the file that the agent is started with. */
    DeviceFile enrol(String device) {
        server.ok("POST", "/api/v1/devices", Map.of("id", device));
        JsonNode file = server.ok("POST", "/api/v1/devices/" + device + "/agent", null);
        untilThere("/api/v1/devices/" + device + "/agent");
        return here(DeviceFile.read(file.toString()));
    }

    /** The same file with the address that this server has in this test. */
    DeviceFile here(DeviceFile file) {
        return file.at(server.baseUrl().replace("http://", "ws://") + "/wamp");
    }

    /** An agent that has begun. */
    SimulatedAgent agent(DeviceFile file) {
        return agent(file, AgentSettings.QUICK);
    }

    SimulatedAgent agent(DeviceFile file, AgentSettings settings) {
        return begun(new SimulatedAgent(file, settings, plant));
    }

    /** One whose apps run in containers. */
    SimulatedAgent agent(DeviceFile file, AgentSettings settings, ContainerEngine engine) {
        return begun(new SimulatedAgent(file, settings, plant, engine));
    }

    private SimulatedAgent begun(SimulatedAgent agent) {
        agents.add(agent.start());
        return agent;
    }

    /** A device with an agent that is up. */
    SimulatedAgent up(String device) {
        SimulatedAgent agent = agent(enrol(device));
        until(agent::isUp);
        return agent;
    }

    /** What was just made is read from memory a moment later. */
    private void untilThere(String path) {
        until(() -> server.send("GET", path, null).statusCode() == 200);
    }

    static void until(Callable<Boolean> holds) {
        Awaitility.await().atMost(WAIT).until(holds);
    }

    JsonNode agentOf(String device) {
        return server.get("/api/v1/devices/" + device + "/agent");
    }

    void untilStatus(String device, String status) {
        Awaitility.await()
                .atMost(WAIT)
                .until(() -> agentOf(device).path("status").asString(""), status::equals);
    }

    /** Makes an app; a release of it for every architecture follows for each version. */
    void app(String name, Map<String, ?> face, String... versions) {
        Map<String, Object> body = new HashMap<>(face);
        body.put("name", name);
        server.ok("POST", "/api/v1/apps", body);
        untilThere("/api/v1/apps/" + name);
        for (String version : versions) {
            release(name, version);
        }
    }

    void release(String app, String version) {
        server.ok("POST", "/api/v1/apps/" + app + "/releases", Map.of("version", version));
    }

    void want(String device, String app, Map<String, ?> wish) {
        server.ok("PUT", "/api/v1/devices/" + device + "/apps/" + app, wish, "If-Match", "*");
    }

    /** How an app stands on a device, as people see it; a missing node when it is not listed. */
    JsonNode line(String device, String app) {
        JsonNode all = server.get("/api/v1/devices/" + device + "/apps");
        return all.path("items")
                .valueStream()
                .filter(each -> each.path("app").asString("").equals(app))
                .findFirst()
                .orElse(all.path("nothing"));
    }

    void untilLine(String device, String app, Predicate<JsonNode> wished) {
        Awaitility.await().atMost(WAIT).until(() -> line(device, app), wished::test);
    }

    void untilReported(String device, String app, String state, String version) {
        untilLine(
                device,
                app,
                line -> line.path("reported").path("state").asString("").equals(state)
                        && line.path("reported").path("version").asString("").equals(version));
    }

    /** What agents call the app's container. */
    String container(String device, String app) {
        return line(device, app).path("container").asString();
    }

    /** A token with these rights, as a header. */
    String token(String... scopes) {
        Map<String, Object> wish =
                Map.of("name", String.join(" ", scopes), "scopes", List.of(scopes), "expiresIn", "P1D");
        return "Bearer "
                + server.ok("POST", "/api/v1/tokens", wish).path("token").asString();
    }

    /** As somebody, or as nobody at all. */
    HttpResponse<String> as(
            @Nullable String authorization, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return TestServer.exchange(request.build());
    }

    /** Until the audit has so many lines of an event about a device, by anybody with a token. */
    void untilAudited(String device, String event, int count) {
        Awaitility.await()
                .atMost(WAIT)
                .until(
                        () -> server.get("/api/v1/audit?limit=500")
                                .path("items")
                                .valueStream()
                                .filter(line -> line.path("target").asString("").endsWith("/" + device))
                                .filter(line -> line.path("actor").asString("").startsWith("token:"))
                                .filter(line -> line.path("event").asString("").equals(event))
                                .count(),
                        found -> found >= count);
    }

    @Override
    public void close() {
        agents.forEach(SimulatedAgent::close);
        plant.close();
        http.shutdownNow();
        server.close();
    }
}
