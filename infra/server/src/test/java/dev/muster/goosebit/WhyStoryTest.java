package dev.muster.goosebit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Positions;
import dev.muster.server.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** A device goes through the update modes; what "Why?" says of it is what its next poll is answered. */
@Timeout(120)
class WhyStoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ID = "why1";
    private static final String FITS = "w1: { hardware-compatibility: [ \"r1\" ]; };";
    private static final String BOARD = "board w1, revision r1";

    private static GoosebitWorld world;
    private static String gateway;

    @BeforeAll
    static void start() {
        world = GoosebitWorld.withoutDeviceAuth();
        gateway = world.server
                .ok("PUT", "/api/v1/settings/updates/gateway-token", null)
                .path("token")
                .asString();
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static JsonNode why() {
        Positions positions = world.server.bean(Positions.class);
        positions.caughtUp(PATIENCE).block(PATIENCE);
        positions.viewed(positions.committed(), PATIENCE).block(PATIENCE);
        return world.server.get("/api/v1/devices/" + ID + "/why");
    }

    private static String texts(JsonNode why, String rule) {
        StringBuilder texts = new StringBuilder();
        for (JsonNode step : why.path("steps")) {
            if (step.path("rule").asString().equals(rule)) {
                texts.append(step.path("text").asString()).append('\n');
            }
        }
        return texts.toString();
    }

    /** What the device is offered, and that the answer to "Why?" knows it and says these words of the mode. */
    private static void offered(String wanted, String... words) {
        assertThat(world.offered(ID)).isEqualTo(wanted);
        JsonNode why = why();
        String modes = texts(why, "update-mode");
        assertThat(modes).contains(words);
        String poll = texts(why, "poll");
        assertThat(why.path("summary").asString()).startsWith(poll.strip());
        if (wanted.isEmpty() || wanted.equals("-1")) {
            assertThat(poll).doesNotContain("by its update mode");
            assertThat(modes.contains("as number -1") || modes.contains("the device is at work on it"))
                    .as(modes)
                    .isEqualTo(wanted.equals("-1"));
        } else {
            assertThat(poll).contains("(software " + wanted + "), by its update mode");
        }
    }

    private static void offered(int wanted, String... words) {
        offered(String.valueOf(wanted), words);
    }

    private static void nothing(String... words) {
        offered("", words);
    }

    /** What the same device is answered over DDI v1. */
    private static String overDdi() {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(world.server.baseUrl() + "/default/controller/v1/" + ID))
                .timeout(PATIENCE)
                .header("Authorization", "GatewayToken " + gateway)
                .build();
        HttpResponse<String> answer = TestServer.exchange(request);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static void paused(int rollout, boolean paused) {
        world.ask("PATCH", "/api/v1/rollouts", Map.of("ids", List.of(rollout), "paused", paused))
                .expect(200);
    }

    private static void chooses(Map<String, Object> change) {
        world.patch(ID, change).expect(200);
    }

    @Test
    void whatIsSaidIsWhatIsOffered() {
        int old = world.software("1.0", FITS);
        int young = world.software("2.0", FITS);
        int other = world.software("9.0", "w1: { hardware-compatibility: [ \"r9\" ]; };");
        world.poll(ID);
        world.device(
                        "PUT",
                        ID,
                        "/configData",
                        Map.of("data", Map.of("hw_boardname", "w1", "hw_revision", "r1", "sw_version", "1.0")))
                .expect(200);

        nothing("'rollout': it follows feed 'default'", "feed 'default' has no rollout");
        chooses(Map.of("feed", "why"));
        nothing("feed 'why' has no rollout");
        world.rollout("why", old);
        nothing("which is the version that the device has");
        int second = world.rollout("why", young);
        offered(young, "of rollout " + second, "the device has 1.0");
        assertThat(overDdi()).doesNotContain("deploymentBase");
        paused(second, true);
        nothing("Passed over, though newer: rollout " + second, "is paused");
        paused(second, false);
        world.rollout("why", other);
        offered(young, "does not fit " + BOARD);

        chooses(Map.of("pinned", true));
        nothing("'pinned': it stays with what it has");
        chooses(Map.of("software", "latest"));
        offered(young, "'latest'");
        chooses(Map.of("software", String.valueOf(old)));
        nothing("it gets software " + old, "which is the version that the device has");
        chooses(Map.of("force_update", true));
        offered(old, "somebody forced it");
        chooses(Map.of("force_update", false));

        actionsBeside(old, young);
    }

    private static void actionsBeside(int old, int young) {
        String release = world.server
                .ok(
                        "POST",
                        "/api/v1/releases:upload?filename=why.swu",
                        SwuBytes.of("3.0", FITS),
                        "Content-Type",
                        "application/octet-stream")
                .path("id")
                .asString();
        world.server.ok("POST", "/api/v1/devices/" + ID + "/actions", Map.of("releaseId", release));
        world.settle();
        offered("-1", "as number -1");
        assertThat(overDdi()).contains("deploymentBase");

        chooses(Map.of("software", String.valueOf(young)));
        offered(young, "its mode goes first");
        assertThat(overDdi()).contains("deploymentBase");
        assertThat(texts(why(), "poll")).contains("Over DDI v1: It is offered");

        chooses(Map.of("software", String.valueOf(old)));
        world.device("GET", ID, "/deploymentBase/-1", null).expect(200);
        world.feedback(ID, -1, "proceeding", "none").expect(200);
        chooses(Map.of("software", String.valueOf(young)));
        offered("-1", "goes first: the device is at work on it");

        world.feedback(ID, -1, "closed", "failure").expect(200);
        nothing("last update failed");
        chooses(Map.of("force_update", true));
        offered(young, "somebody forced it");
    }
}
