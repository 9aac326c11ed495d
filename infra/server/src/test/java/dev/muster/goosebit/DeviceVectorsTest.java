package dev.muster.goosebit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.goosebit.GoosebitWorld.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Devices without tokens: GB-01 to GB-23, GB-30 to GB-39 (contract §13). */
@Timeout(120)
class DeviceVectorsTest {

    private static GoosebitWorld world;
    private static int a;
    private static int b;
    private static int c;

    @BeforeAll
    static void start() {
        world = GoosebitWorld.withoutDeviceAuth();
        a = world.software("1.0.0-beta2+build20", "");
        b = world.software("1.0.0-rc2+build77", "");
        c = world.software("1", "");
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    /** A device of a feed of its own, so that tests do not meet. */
    private static void onFeed(String id) {
        world.registered(id);
        world.patch(id, Map.of("feed", id)).expect(200);
    }

    @Test
    void gb01To04_aNewDeviceIsAskedWhatItIs() {
        Answer first = world.poll("gb01");
        assertThat(first.header("Content-Type")).startsWith("application/json");
        assertThat(first.text())
                .isEqualTo("{\"config\":{\"polling\":{\"sleep\":\"00:00:10\"}},\"_links\":{\"configData\":{\"href\":\""
                        + world.server.baseUrl() + "/goosebit/DEFAULT/controller/v1/gb01/configData\"}}}");

        String report = """
                {"id":"","time":"20261127T120000","status":{"result":{"finished":"success"},"execution":"closed","details":[""]},
                 "data":{"hw_boardname":"smart-gateway-mt7688","sw_version":"8.8.1-12-g302f635+189128"}}""";
        Answer put = world.device("PUT", "gb01", "/configData", report).expect(200);
        assertThat(put.text()).isEqualTo("{\"success\":true,\"message\":\"Updated swupdate data.\"}");

        assertThat(world.poll("gb01").text())
                .isEqualTo("{\"config\":{\"polling\":{\"sleep\":\"00:01:00\"}},\"_links\":{}}");

        JsonNode shown = world.shown("gb01");
        assertThat(shown.path("last_state").asString()).isEqualTo("Registered");
        assertThat(shown.path("sw_version").asString()).isEqualTo("8.8.1-12-g302f635+189128");
        assertThat(shown.path("hardware").path("model").asString()).isEqualTo("smart-gateway-mt7688");
        assertThat(shown.path("hardware").path("revision").asString()).isEqualTo("default");
        assertThat(shown.path("feed").asString()).isEqualTo("default");
        assertThat(shown.path("update_mode").asString()).isEqualTo("Rollout");
        assertThat(shown.propertyNames())
                .as("members in their order")
                .containsExactly(
                        "id",
                        "name",
                        "sw_version",
                        "assigned_software",
                        "hardware",
                        "feed",
                        "progress",
                        "last_state",
                        "update_mode",
                        "force_update",
                        "last_ipv4",
                        "last_ipv6",
                        "last_seen",
                        "auth_token",
                        "polling",
                        "last_ip",
                        "poll_seconds");
    }

    @Test
    void gb05To10_anUpdateFromOfferToEnd() {
        onFeed("gb05");
        int rollout = world.rollout("gb05", c);
        assertThat(world.offered("gb05")).isEqualTo(String.valueOf(c));

        JsonNode document = world.device("GET", "gb05", "/deploymentBase/" + c, null)
                .expect(200)
                .json();
        assertThat(document.path("id").asString()).isEqualTo(String.valueOf(c));
        assertThat(document.path("deployment").path("download").asString()).isEqualTo("forced");
        assertThat(document.path("deployment").path("update").asString()).isEqualTo("forced");
        JsonNode chunk = document.path("deployment").path("chunks").get(0);
        assertThat(chunk.path("part").asString()).isEqualTo("os");
        JsonNode artifact = chunk.path("artifacts").get(0);
        byte[] bytes = SwuBytes.of("1", "");
        assertThat(artifact.path("hashes").path("sha1").asString()).isEqualTo(SwuBytes.hex("SHA-1", bytes));
        assertThat(artifact.path("size").asInt()).isEqualTo(bytes.length);
        assertThat(artifact.path("_links").path("download").path("href").asString())
                .isEqualTo(world.server.baseUrl() + "/goosebit/DEFAULT/controller/v1/gb05/download");

        assertThat(world.feedback("gb05", c, "proceeding", "none").expect(200).text())
                .isEqualTo("{\"id\":\"" + c + "\"}");
        assertThat(world.shown("gb05").path("last_state").asString()).isEqualTo("Running");
        assertThat(world.shown("gb05").path("progress").asInt(-1)).isEqualTo(0);
        assertThat(world.offered("gb05")).as("GB-08").isEqualTo(String.valueOf(c));

        world.feedback("gb05", c, "closed", "success").expect(200);
        JsonNode done = world.shown("gb05");
        assertThat(done.path("last_state").asString()).isEqualTo("Finished");
        assertThat(done.path("sw_version").asString()).isEqualTo("1");
        assertThat(done.path("progress").asInt()).isEqualTo(100);
        assertThat(world.rolloutShown(rollout).path("success_count").asInt()).isEqualTo(1);
        assertThat(world.rolloutShown(rollout).path("failure_count").asInt()).isEqualTo(0);
        assertThat(world.offered("gb05")).as("GB-10").isEmpty();

        world.feedback("gb05", c, "closed", "success").expect(200);
        assertThat(world.rolloutShown(rollout).path("success_count").asInt())
                .as("GB-35")
                .isEqualTo(1);
    }

    @Test
    void gb11_softwareThatIsGoneWhenItEnds() {
        onFeed("gb11");
        world.device("PUT", "gb11", "/configData", Map.of("data", Map.of("hw_boardname", "gb11")))
                .expect(200);
        int software = world.software("11.0", "gb11: { hardware-compatibility: [ \"default\" ]; };");
        int rollout = world.rollout("gb11", software);
        world.device("GET", "gb11", "/deploymentBase/" + software, null).expect(200);
        world.feedback("gb11", software, "proceeding", "none").expect(200);
        world.ask("DELETE", "/api/v1/rollouts", Map.of("ids", List.of(rollout))).expect(200);
        world.ask("DELETE", "/api/v1/software", Map.of("software_ids", List.of(software)))
                .expect(200);

        world.feedback("gb11", software, "closed", "success").expect(200);

        assertThat(world.shown("gb11").path("last_state").asString()).isEqualTo("Finished");
        assertThat(world.shown("gb11").path("sw_version").isNull()).isTrue();
    }

    @Test
    void gb12To14_downloadFailureAndForce() {
        onFeed("gb12");
        int rollout = world.rollout("gb12", c);
        world.device("GET", "gb12", "/deploymentBase/" + c, null);
        world.feedback("gb12", c, "proceeding", "none").expect(200);
        byte[] bytes = SwuBytes.of("1", "");

        Answer head = world.device("HEAD", "gb12", "/download", null).expect(200);
        assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(bytes.length));
        Answer get = world.device("GET", "gb12", "/download", null).expect(200);
        assertThat(get.header("Content-Length")).isEqualTo(String.valueOf(bytes.length));
        assertThat(get.bytes()).isEqualTo(bytes);

        world.feedback("gb12", c, "closed", "failure").expect(200);
        assertThat(world.shown("gb12").path("last_state").asString()).isEqualTo("Error");
        assertThat(world.rolloutShown(rollout).path("success_count").asInt()).isEqualTo(0);
        assertThat(world.rolloutShown(rollout).path("failure_count").asInt()).isEqualTo(1);
        assertThat(world.poll("gb12").text())
                .isEqualTo("{\"config\":{\"polling\":{\"sleep\":\"00:01:00\"}},\"_links\":{}}");
        assertThat(world.device("GET", "gb12", "/deploymentBase/" + c, null)
                        .expect(200)
                        .text())
                .isEqualTo("null");

        world.patch("gb12", Map.of("force_update", true)).expect(200);
        assertThat(world.offered("gb12")).as("GB-14").isEqualTo(String.valueOf(c));
        world.device("GET", "gb12", "/deploymentBase/" + c, null).expect(200);
        world.feedback("gb12", c, "closed", "success").expect(200);
        assertThat(world.shown("gb12").path("force_update").asBoolean()).isFalse();
    }

    @Test
    void gb15And16_theNewestThatCounts() {
        world.registered("gb15");
        world.patch("gb15", Map.of("feed", "qa")).expect(200);
        assertThat(world.offered("gb15")).isEmpty();
        world.rollout("qa", a);
        assertThat(world.offered("gb15")).isEqualTo(String.valueOf(a));
        world.rollout("live", b);
        assertThat(world.offered("gb15")).isEqualTo(String.valueOf(a));
        int newest = world.rollout("qa", c);
        world.ask("PATCH", "/api/v1/rollouts", Map.of("ids", List.of(newest, 999_999), "paused", true))
                .expect(200);
        assertThat(world.offered("gb15")).isEqualTo(String.valueOf(a));
        world.ask("PATCH", "/api/v1/rollouts", Map.of("ids", List.of(newest), "paused", false))
                .expect(200);
        assertThat(world.offered("gb15")).isEqualTo(String.valueOf(c));

        int other = world.software("2.0", "other: { hardware-compatibility: [ \"9\" ]; };");
        world.rollout("qa", other);
        assertThat(world.offered("gb15")).as("GB-16").isEqualTo(String.valueOf(c));
    }

    @Test
    void gb17To20_theLatest() {
        world.registered("gb17");
        world.patch("gb17", Map.of("software", "latest")).expect(200);
        assertThat(world.offered("gb17")).isEqualTo(String.valueOf(c));
        assertThat(world.shown("gb17").path("feed").isNull()).isTrue();

        world.poll("gb18");
        world.device("PUT", "gb18", "/configData", Map.of("data", Map.of("hw_boardname", "nobody-has-this")));
        world.patch("gb18", Map.of("software", "latest")).expect(200);
        assertThat(world.offered("gb18")).isEmpty();

        world.poll("gb19");
        world.device("PUT", "gb19", "/configData", Map.of("data", Map.of("sw_version", "1")));
        world.patch("gb19", Map.of("software", "latest")).expect(200);
        assertThat(world.offered("gb19")).isEmpty();

        world.poll("gb20");
        world.device("PUT", "gb20", "/configData", Map.of("data", Map.of("sw_version", "500.0.0")));
        world.patch("gb20", Map.of("software", "latest")).expect(200);
        assertThat(world.offered("gb20")).as("older is offered like newer").isNotEmpty();
    }

    @Test
    void gb21To23_pinnedAssignedAndBack() {
        onFeed("gb21");
        world.rollout("gb21", c);
        world.patch("gb21", Map.of("pinned", true)).expect(200);
        assertThat(world.offered("gb21")).isEmpty();
        world.patch("gb21", Map.of("force_update", true)).expect(200);
        assertThat(world.offered("gb21")).isEmpty();

        Answer noFeed = world.patch("gb21", Map.of("software", "rollout")).expect(422);
        assertThat(noFeed.detail()).isEqualTo("Feed must be set in order to use rollout.");
        world.patch("gb21", Map.of("software", "rollout", "feed", "gb21")).expect(200);

        world.patch("gb21", Map.of("software", String.valueOf(a))).expect(200);
        assertThat(world.offered("gb21")).isEqualTo(String.valueOf(a));
        int other = world.software("22.0", "other: { hardware-compatibility: [ \"22\" ]; };");
        Answer misfit =
                world.patch("gb21", Map.of("software", String.valueOf(other))).expect(422);
        assertThat(misfit.detail()).isEqualTo("The assigned software is not compatible with the device's hardware.");
        world.patch("gb21", Map.of("software", 7)).expect(422);
        world.patch("gb21", Map.of("software", "seven")).expect(422);
    }

    @Test
    void gb30And31_logAndProgress() {
        onFeed("gb30");
        world.rollout("gb30", c);
        world.device("GET", "gb30", "/deploymentBase/" + c, null);
        world.feedback("gb30", c, "proceeding", "none", "Downloaded 7%").expect(200);
        log("gb30", 1, 7);
        world.feedback("gb30", c, "proceeding", "none", "Installing …").expect(200);
        log("gb30", 2, 7);
        world.feedback("gb30", c, "proceeding", "none", "Downloaded 7% …", "x", "Downloaded 9%")
                .expect(200);
        assertThat(world.shown("gb30").path("progress").asInt()).as("GB-31").isEqualTo(9);
        world.feedback("gb30", c, "closed", "success", "").expect(200);
        log("gb30", 6, 100);
        world.patch("gb30", Map.of("force_update", true)).expect(200);
        world.device("GET", "gb30", "/deploymentBase/" + c, null);
        world.feedback("gb30", c, "proceeding", "none", "Downloaded 1%").expect(200);
        log("gb30", 1, 1);
    }

    private static void log(String id, int lines, int progress) {
        JsonNode log = world.get("/api/v1/devices/" + id + "/log").json();
        assertThat(log.path("log").asString().chars().filter(x -> x == '\n').count())
                .isEqualTo(lines);
        assertThat(log.path("progress").asInt()).isEqualTo(progress);
    }

    @Test
    void gb32To34_whatIsSaid() {
        onFeed("gb32");
        for (String word : List.of("canceled", "scheduled", "rejected", "resumed", "downloaded", "download")) {
            world.feedback("gb32", c, word, "none", word).expect(200);
            assertThat(world.shown("gb32").path("last_state").asString()).isEqualTo("Registered");
        }
        world.feedback("gb32", c, "confirmed", "none").expect(422);
        String path = "/deploymentBase/" + c + "/feedback";
        for (String bad : List.of(
                "{\"status\":{\"execution\":\"closed\"}}",
                "{\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"success\"},\"details\":\"x\"}}",
                "{\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"success\",\"progress\":{\"cnt\":1}}}}",
                "{\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"success\"}},\"time\":1234}",
                "")) {
            Answer answer = world.device("POST", "gb32", path, bad).expect(422);
            JsonNode problem = answer.json().path("detail").get(0);
            assertThat(problem.path("loc").get(0).asString()).as(bad).isEqualTo("body");
            assertThat(problem.path("type").asString()).isNotEmpty();
        }
        world.device(
                        "POST",
                        "gb32",
                        path,
                        "{\"status\":{\"execution\":\"scheduled\",\"result\":{\"finished\":\"none\"},\"details\":[\"a\nb\"]}}")
                .expect(200);
        world.device("POST", "gb32", path, "{}", "Content-Type", "text/plain").expect(422);
    }

    @Test
    void gb36To39_numbersAndPathsThatAreNone() {
        onFeed("gb36");
        world.feedback("gb36", a, "closed", "success").expect(200);
        assertThat(world.shown("gb36").path("sw_version").isNull())
                .as("never offered")
                .isTrue();

        onFeed("gb37");
        world.rollout("gb37", c);
        JsonNode document = world.device("GET", "gb37", "/deploymentBase/77", null)
                .expect(200)
                .json();
        assertThat(document.path("id").asString()).isEqualTo("77");
        assertThat(document.path("deployment")
                        .path("chunks")
                        .get(0)
                        .path("version")
                        .asString())
                .isEqualTo("1");

        world.device("GET", "gb37", "/deploymentBase/abc", null).expect(422);
        for (String absent :
                List.of("/cancelAction/1", "/installedBase/1", "/confirmationBase", "/softwaremodules/1/artifacts")) {
            assertThat(world.device("GET", "gb37", absent, null).expect(404).text())
                    .isEqualTo("{\"detail\":\"Not Found\"}");
        }
        Answer head = world.device("HEAD", "gb37", "", null).expect(405);
        assertThat(head.header("Allow")).isEqualTo("GET");
        Answer slash = world.device("GET", "gb37", "/", null).expect(307);
        assertThat(slash.header("Location")).isEqualTo("/goosebit/DEFAULT/controller/v1/gb37");
    }
}
