package dev.muster.ddi;

import dev.muster.kernel.Positions;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.server.TestServer;
import dev.muster.testing.HandClock;
import dev.muster.updates.ActionView;
import dev.muster.updates.ActionViews;
import dev.muster.updates.CurrentSettings;
import dev.muster.updates.DeviceView;
import dev.muster.updates.Fleet;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.UpdateSettings;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole real server; operators' work goes through the native API, as people's does. One for all vectors. */
final class ServerDdiWorld implements DdiWorld {

    private static final Duration WAIT = Duration.ofSeconds(10);
    private static @Nullable ServerDdiWorld shared;

    private final HandClock clock = HandClock.running();
    private final TestServer server;
    private final String gatewayToken;

    private ServerDdiWorld() {
        server = TestServer.start(TestServer.freshDirectory(), clock);
        gatewayToken = server.ok("PUT", "/api/v1/settings/updates/gateway-token", null)
                .path("token")
                .asString();
        settle();
    }

    static synchronized ServerDdiWorld shared() {
        ServerDdiWorld world = shared;
        if (world == null) {
            world = new ServerDdiWorld();
            shared = world;
            Runtime.getRuntime().addShutdownHook(new Thread(world.server::close));
        }
        return world;
    }

    private void settle() {
        Positions positions = server.bean(Positions.class);
        positions.caughtUp(WAIT).block(WAIT.plusSeconds(1));
    }

    @Override
    public String baseUrl() {
        return server.baseUrl();
    }

    @Override
    public String gatewayToken() {
        return gatewayToken;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void advance(Duration by) {
        clock.advance(by);
    }

    @Override
    public void createDevice(String id, @Nullable String token) {
        Map<String, Object> body = new HashMap<>();
        body.put("id", id);
        if (token != null) {
            body.put("token", token);
        }
        server.ok("POST", "/api/v1/devices", body);
        settle();
    }

    private static String path(String device) {
        return "/api/v1/devices/"
                + URLEncoder.encode(device, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void group(String id, String group) {
        DeviceView view = device(id);
        if (view == null) {
            throw new AssertionError("no device " + id);
        }
        server.ok("PATCH", path(id), Map.of("group", group), "If-Match", '"' + String.valueOf(view.version()) + '"');
        settle();
    }

    @Override
    public void requestAttributes(String id) {
        server.ok("POST", path(id) + "/attributes/request", null);
        settle();
    }

    @Override
    public Made release(String name, String version, boolean migrationStep, List<Part> parts) {
        List<Map<String, Object>> modules = new ArrayList<>();
        for (Part part : parts) {
            List<Map<String, String>> artifacts = new ArrayList<>();
            part.files().forEach((fileName, content) -> {
                String sha256 = server.ok(
                                "POST",
                                "/api/v1/artifacts?filename=" + URLEncoder.encode(fileName, StandardCharsets.UTF_8),
                                content,
                                "Content-Type",
                                "application/octet-stream")
                        .path("sha256")
                        .asString();
                artifacts.add(Map.of("sha256", sha256, "fileName", fileName));
            });
            List<Map<String, Object>> metadata = new ArrayList<>();
            part.metadata()
                    .forEach((key, value) ->
                            metadata.add(Map.of("key", key, "value", value, "visible", !key.startsWith("hidden"))));
            modules.add(Map.of(
                    "type",
                    part.type(),
                    "name",
                    part.name(),
                    "version",
                    version,
                    "encrypted",
                    part.encrypted(),
                    "artifacts",
                    artifacts,
                    "metadata",
                    metadata));
        }
        server.ok(
                "POST",
                "/api/v1/releases",
                Map.of("name", name, "version", version, "modules", modules, "migrationStep", migrationStep));
        settle();
        ReleaseRef ref = new ReleaseRef(ReleaseId.of(name, version), name, version);
        List<Long> numbers = server.bean(dev.muster.updates.Catalogue.class).find(ref.id()).modules().stream()
                .map(dev.muster.updates.SoftwareModule::number)
                .toList();
        return new Made(ref, numbers);
    }

    @Override
    public int assign(String device, Made release, Plan plan) {
        Map<String, Object> body = new HashMap<>();
        body.put("releaseId", release.ref().id().toString());
        body.put("type", plan.type().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (plan.forcedAt() != null) {
            body.put("forcedAt", plan.forcedAt().toString());
        }
        if (plan.weight() != null) {
            body.put("weight", plan.weight());
        }
        if (plan.window() != null) {
            body.put(
                    "window",
                    Map.of(
                            "schedule",
                            plan.window().schedule(),
                            "duration",
                            plan.window().duration().toString(),
                            "zone",
                            plan.window().zone()));
        }
        JsonNode answer = server.ok("POST", path(device) + "/actions", body);
        settle();
        return answer.path("action").asInt();
    }

    @Override
    public void cancel(String device, int action, boolean force) {
        server.ok("POST", path(device) + "/actions/" + action + "/cancel", Map.of("force", force));
        settle();
    }

    @Override
    public void settings(UnaryOperator<UpdateSettings> change) {
        settle();
        CurrentSettings current = server.bean(CurrentSettings.class);
        UpdateSettings s = change.apply(current.get());
        Map<String, Object> body = new HashMap<>();
        body.put("pollingTime", s.pollingTime());
        body.put("targetToken", s.targetToken());
        body.put("gatewayToken", s.gatewayToken());
        body.put("certificateHeader", s.certificateHeader());
        body.put("authorities", s.authorities());
        body.put("trust", s.trust().name().toLowerCase(Locale.ROOT));
        body.put("confirmationFlow", s.confirmationFlow());
        body.put("autoClose", s.autoClose());
        body.put("windowPollCount", s.windowPollCount());
        body.put("trackAddress", s.trackAddress());
        body.put("openDownloads", s.openDownloads());
        HttpResponse<String> answer = server.send(
                "PUT", "/api/v1/settings/updates", body, "If-Match", '"' + String.valueOf(current.version()) + '"');
        if (answer.statusCode() == 400) {
            JsonNode problem = JsonMapper.shared().readTree(answer.body());
            throw new Refused(new Refusal(
                    problem.path("code").asString(),
                    Refusal.Kind.INVALID,
                    problem.path("detail").asString(),
                    null,
                    Map.of()));
        }
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        settle();
    }

    @Override
    public @Nullable DeviceView device(String id) {
        settle();
        return server.bean(Fleet.class).find(new DeviceId(id));
    }

    @Override
    public @Nullable ActionView action(String device, int action) {
        Positions positions = server.bean(Positions.class);
        positions.viewed(positions.committed(), WAIT).block(WAIT.plusSeconds(1));
        return server.bean(ActionViews.class).find(new DeviceId(device), action).block(WAIT);
    }
}
