package dev.muster.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.registry.DeviceId;
import dev.muster.server.TestServer;
import dev.muster.staging.Group;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.RollBackUpdate;
import dev.muster.updates.ActionType;
import dev.muster.updates.NumberCommand.Series;
import dev.muster.updates.Numbers;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutCommand.CreateRollout;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.RolloutPolicy.Retry;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One device and the care a rollout takes of it: it is tried again, it has to prove that it is well, it is held back, and
 * it is given back what it had.
 */
class CarefulUpdatesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, String> SOMEBODY = Map.of(Provenance.ACTOR, "system:test");
    private static final Retry SOON = new Retry(2, Duration.ofSeconds(1), 1);

    private final Path data = TestServer.freshDirectory();
    private TestServer server;
    private String gateway;
    private ReleaseRef one;
    private ReleaseRef two;

    @BeforeEach
    void aServerADeviceAndTwoReleases() {
        server = TestServer.start(data, null);
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
    void aDeviceThatFailsTwiceAndThenDoesNotCountsOnceAsSucceeded() {
        RolloutId rollout = started(new RolloutPolicy(false, null, SOON, null, null, null, null));
        int first = offered(0);
        says(first, "failure");
        int second = offered(first);
        assertThat(action(first).path("attempt").asInt()).isEqualTo(1);
        assertThat(action(first).path("attempts").asInt()).isEqualTo(3);
        await().atMost(PATIENCE)
                .until(() -> action(first).path("status").asString("").equals("error"));
        assertThat(action(first).has("retryAt")).as("the next try has begun").isFalse();
        says(second, "failure");
        int third = offered(second);
        assertThat(action(third).path("attempt").asInt()).isEqualTo(3);
        says(third, "success");

        await().atMost(PATIENCE).until(() -> group(rollout).path("succeeded").asInt() == 1);
        assertThat(group(rollout).path("failed").asInt()).isZero();
        await().atMost(PATIENCE).until(() -> state(rollout).equals("finished"));
        assertThat(device().path("installed").path("version").asString()).isEqualTo("2.0.0");
    }

    @Test
    void aDeviceThatGetsSomethingElseInsteadCountsAsFailed() {
        Retry much = new Retry(2, Duration.ofHours(1), 1);
        RolloutId rollout = started(new RolloutPolicy(false, null, much, null, null, null, null));
        int first = offered(0);
        says(first, "failure");
        await().atMost(PATIENCE)
                .until(() -> action(first).path("status").asString("").equals("error"));
        assertThat(group(rollout).path("failed").asInt()).isZero();

        byHand(one);

        await().atMost(PATIENCE).until(() -> group(rollout).path("failed").asInt() == 1);
        assertThat(action(first).has("retryAt")).isFalse();
    }

    @Test
    void aDeviceHasToComeBackWithTheVersionItWasGiven() {
        RolloutId rollout = started(healthy(Duration.ofHours(1)));
        int action = offered(0);
        says(action, "success");
        await().atMost(PATIENCE)
                .until(() -> action(action).path("status").asString("").equals("installed"));
        assertThat(links().has("deploymentBase")).isFalse();
        assertThat(links().has("configData")).isTrue();
        assertThat(ddi("POST", "robot/deploymentBase/" + action + "/feedback", word("success"))
                        .statusCode())
                .isEqualTo(410);
        reports("1.0.0");
        await().atMost(PATIENCE)
                .until(() -> action(action).path("reportedVersion").asString("").equals("1.0.0"));
        assertThat(links().has("configData"))
                .as("it is asked until it says the right one")
                .isTrue();
        assertThat(group(rollout).path("succeeded").asInt()).isZero();

        reports("2.0.0");

        await().atMost(PATIENCE).until(() -> group(rollout).path("succeeded").asInt() == 1);
        assertThat(action(action).path("status").asString()).isEqualTo("finished");
        assertThat(action(action).path("meaning").asString()).contains("2.0.0");
        assertThat(device().path("installed").path("version").asString()).isEqualTo("2.0.0");
        assertThat(links().has("installedBase")).isTrue();
    }

    @Test
    void aDeviceThatReportsFirstAndIsDoneThenHasProvenItAlready() {
        started(healthy(Duration.ofHours(1)));
        int action = offered(0);
        assertThat(ddi("GET", "robot/deploymentBase/" + action, null).statusCode())
                .isEqualTo(200);
        reports("2.0.0");
        await().atMost(PATIENCE)
                .until(() -> action(action).path("reportedVersion").asString("").equals("2.0.0"));
        says(action, "success");
        await().atMost(PATIENCE)
                .until(() -> action(action).path("status").asString("").equals("finished"));
    }

    @Test
    void aDeviceThatDoesNotHasFailedAlsoWhenTheServerIsStartedAnewMeanwhile() {
        RolloutId rollout = started(healthy(Duration.ofSeconds(3)));
        int action = offered(0);
        says(action, "success");
        reports("1.0.0");
        server.close();
        server = TestServer.start(data, null);

        await().atMost(PATIENCE)
                .until(() -> action(action).path("status").asString("").equals("error"));
        assertThat(action(action).path("entries").toString()).contains("did not report version 2.0.0 within 3 s");
        await().atMost(PATIENCE).until(() -> group(rollout).path("failed").asInt() == 1);
        assertThat(device().has("installed")).isFalse();
    }

    @Test
    void aDeviceThatIsHeldBackIsPassedByButForWhatIsGivenByHand() {
        server.ok("POST", "/api/v1/devices/robot/hold", Map.of("reason", "certification"));
        await().atMost(PATIENCE)
                .until(() -> device().path("heldBack").asString("").equals("certification"));
        RolloutId rollout = started(RolloutPolicy.NONE);
        await().atMost(PATIENCE).until(() -> group(rollout).path("skipped").asInt() == 1);
        assertThat(links().has("deploymentBase")).isFalse();
        server.ok(
                "POST",
                "/api/v1/auto-assignments",
                Map.of(
                        "name",
                        "always",
                        "filter",
                        "id==robot",
                        "releaseId",
                        two.id().toString()));

        int action = byHand(one);
        assertThat(offered(0)).isEqualTo(action);
        says(action, "success");
        await().atMost(PATIENCE)
                .until(() -> action(action).path("status").asString("").equals("finished"));
        assertThat(links().has("deploymentBase")).isFalse();

        server.ok("DELETE", "/api/v1/devices/robot/hold", null);
        assertThat(offered(action))
                .as("what stands comes as soon as it is let go")
                .isGreaterThan(action);
        assertThat(device().has("heldBack")).isFalse();
        assertThat(server.send("POST", "/api/v1/devices/nobody/hold", Map.of("reason", "x"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.send("POST", "/api/v1/devices/robot/hold", Map.of("reason", " "))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aDeviceIsGivenBackWhatItHad() {
        int before = byHand(one);
        says(before, "success");
        RolloutId rollout = started(RolloutPolicy.NONE);
        int action = offered(before);
        assertThat(ddi("GET", "robot/deploymentBase/" + action, null).statusCode())
                .isEqualTo(200);
        says(action, "success");
        await().atMost(PATIENCE).until(() -> action(action)
                .path("before")
                .path("version")
                .asString("")
                .equals("1.0.0"));

        Assigned back = rolledBack(rollout);
        assertThat(back.created()).isTrue();
        assertThat(rolledBack(rollout)).as("asked again").isEqualTo(back);
        assertThat(offered(action)).isEqualTo(back.action());
        says(back.action(), "success");
        await().atMost(PATIENCE)
                .until(() ->
                        device().path("installed").path("version").asString("").equals("1.0.0"));
        assertThat(action(back.action()).path("rollsBack").asString()).isEqualTo(rollout.toString());
    }

    @Test
    void aRolloutForNobodyTodayReachesWhoComes() {
        caughtUp();
        Map<String, Object> order = Map.of(
                "name",
                "tomorrow",
                "releaseId",
                two.id().toString(),
                "filter",
                "id==newcomer",
                "groupCount",
                2,
                "joining",
                Map.of("groupSize", 10));
        RolloutId rollout = RolloutId.parse(
                server.ok("POST", "/api/v1/rollouts", order).path("id").asString());
        await().atMost(PATIENCE).until(() -> state(rollout).equals("ready"));
        server.ok("POST", "/api/v1/rollouts/" + rollout + "/start", null);
        await().atMost(PATIENCE).until(() -> state(rollout).equals("running"));

        server.ok("POST", "/api/v1/devices", Map.of("id", "newcomer"));

        await().atMost(PATIENCE).until(() -> ddi("GET", "newcomer", null).body().contains("/newcomer/deploymentBase/"));
        assertThat(state(rollout)).isEqualTo("running");
        server.ok("POST", "/api/v1/rollouts/" + rollout + "/abort", null);
    }

    private Assigned rolledBack(RolloutId rollout) {
        int number =
                Math.toIntExact(server.bean(Numbers.class).next(Series.ACTION).block(PATIENCE));
        return Await.done(server.bean(Commands.class)
                .<Assigned>send(new RollBackUpdate(new DeviceId("robot"), number, rollout, false, null), SOMEBODY));
    }

    private static RolloutPolicy healthy(Duration within) {
        return new RolloutPolicy(false, null, null, within, null, null, null);
    }

    /** A rollout of the second release over the device. */
    private RolloutId started(RolloutPolicy policy) {
        RolloutId id = new RolloutId(UUID.randomUUID());
        RolloutPlan plan = new RolloutPlan(
                "careful",
                two,
                "id==robot",
                List.of(new Group("all", 100, 50, 100, null, null)),
                ActionType.FORCED,
                null,
                null,
                null,
                false,
                null,
                Duration.ofHours(24),
                policy);
        caughtUp();
        Await.done(server.bean(Commands.class).<Object>send(new CreateRollout(id, plan, null), SOMEBODY));
        server.ok("POST", "/api/v1/rollouts/" + id + "/start", null);
        return id;
    }

    private JsonNode group(RolloutId rollout) {
        return server.get("/api/v1/rollouts/" + rollout).path("groups").path(0);
    }

    private String state(RolloutId rollout) {
        return server.get("/api/v1/rollouts/" + rollout).path("state").asString("");
    }

    private JsonNode device() {
        return server.get("/api/v1/devices/robot");
    }

    private JsonNode action(int number) {
        HttpResponse<String> answer = server.send("GET", "/api/v1/devices/robot/actions/" + number, null);
        return JsonMapper.shared().readTree(answer.body());
    }

    private int byHand(ReleaseRef release) {
        caughtUp();
        return server.ok(
                        "POST",
                        "/api/v1/devices/robot/actions",
                        Map.of("releaseId", release.id().toString()))
                .path("action")
                .asInt();
    }

    /** The action that the device is offered next; later than this one. */
    private int offered(int after) {
        await().atMost(PATIENCE).until(() -> number() > after);
        return number();
    }

    private int number() {
        String href = links().path("deploymentBase").path("href").asString("");
        int from = href.indexOf("/deploymentBase/") + "/deploymentBase/".length();
        return href.isEmpty() ? 0 : Integer.parseInt(href.substring(from, href.indexOf('?')));
    }

    private JsonNode links() {
        HttpResponse<String> poll = ddi("GET", "robot", null);
        assertThat(poll.statusCode()).isEqualTo(200);
        return JsonMapper.shared().readTree(poll.body()).path("_links");
    }

    private static String word(String finished) {
        return "{\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"" + finished + "\"},\"details\":[]}}";
    }

    private void says(int action, String finished) {
        HttpResponse<String> answer = ddi("POST", "robot/deploymentBase/" + action + "/feedback", word(finished));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void reports(String version) {
        HttpResponse<String> answer = ddi("PUT", "robot/configData", "{\"data\":{\"sw_version\":\"" + version + "\"}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void caughtUp() {
        server.bean(Positions.class).caughtUp(PATIENCE).block(PATIENCE);
    }

    private HttpResponse<String> ddi(String method, String path, @Nullable String body) {
        caughtUp();
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
    private ReleaseRef release(String version) {
        String sha256 = server.ok(
                        "POST",
                        "/api/v1/artifacts?filename=f.bin",
                        ("content of " + version).getBytes(StandardCharsets.UTF_8),
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
        String id = server.ok(
                        "POST",
                        "/api/v1/releases",
                        Map.of("name", "os", "version", version, "modules", List.of(module)))
                .path("id")
                .asString();
        return new ReleaseRef(ReleaseId.parse(id), "os", version);
    }
}
