package dev.muster.story;

import static dev.muster.story.RolloutStory.PATIENCE;
import static dev.muster.story.RolloutStory.number;
import static dev.muster.story.RolloutStory.plan;
import static dev.muster.story.RolloutStory.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A release turns out bad: whatever gives it to devices ends, and devices that are at it stop as far as is wanted. */
class StopEverywhereTest {

    private static RolloutStory story;

    @BeforeAll
    static void aServer() {
        story = RolloutStory.begun();
    }

    @AfterAll
    static void stop() {
        if (story != null) {
            story.close();
        }
    }

    /**
     * A release under way.
     *
     * @param release its id
     * @param running a rollout that a device was offered
     * @param planned one that nobody started
     * @param paused one that stands still
     * @param standing the standing assignment
     * @param device that of the running rollout
     * @param action what it was offered
     * @param follower the standing assignment's device
     * @param stood what that was offered
     */
    private record UnderWay(
            String release,
            String running,
            String planned,
            String paused,
            String standing,
            String device,
            int action,
            String follower,
            int stood) {

        static UnderWay of(String name) {
            String device = name + "-device";
            String follower = name + "-follower";
            String halted = name + "-halted";
            story.devices(device, follower, halted);
            String release = story.release(name, "1.0.0");
            String running = story.started(plan(name, release, "id==" + device, Map.of()));
            int action = story.offered(device, 0);
            String planned = story.planned(plan(name + " later", release, "id==" + device, Map.of()));
            story.becomes(planned, "ready");
            String paused = story.started(plan(name + " halted", release, "id==" + halted, Map.of()));
            story.offered(halted, 0);
            story.order(paused, "pause");
            String standing = story.server
                    .ok(
                            "POST",
                            "/api/v1/auto-assignments",
                            Map.of("name", name, "filter", "id==" + follower, "releaseId", release))
                    .path("id")
                    .asString();
            int stood = story.offered(follower, 0);
            return new UnderWay(release, running, planned, paused, standing, device, action, follower, stood);
        }

        void turnsOutBad(Map<String, ?> how) {
            story.server.ok("POST", "/api/v1/releases/" + release + "/invalidate", how);
        }

        /** Which comes with every way of saying so. */
        void givesItToNobodyAnyMore() {
            for (String each : new String[] {running, planned, paused}) {
                story.becomes(each, "stopped");
                assertThat(story.rollout(each).path("stopCause").asString()).isEqualTo("release-invalidated");
                assertThat(story.rollout(each).path("endedAt").asString()).endsWith("Z");
                refused(story.tried(each, "start", null), 409, "updates.rollout-state");
            }
            await().atMost(PATIENCE).until(() -> !stands(standing));
            HttpResponse<String> again =
                    story.server.send("POST", "/api/v1/devices/" + device + "/actions", Map.of("releaseId", release));
            refused(again, 409, "updates.release-invalidated");
        }
    }

    private static boolean stands(String standing) {
        for (JsonNode each : story.server.get("/api/v1/auto-assignments").path("items")) {
            if (each.path("id").asString("").equals(standing)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void devicesAreAskedToStop() {
        UnderWay other = UnderWay.of("other");
        UnderWay soft = UnderWay.of("soft");

        soft.turnsOutBad(Map.of("cancel", "soft"));

        soft.givesItToNobodyAnyMore();
        asked(soft.device(), soft.action());
        asked(soft.follower(), soft.stood());
        assertThat(story.action(soft.device(), soft.action()).path("active").asBoolean())
                .isTrue();
        story.says(soft.device(), "cancelAction", soft.action(), "success");
        story.ends(soft.device(), soft.action(), "canceled");
        assertThat(story.links(soft.device()).has("cancelAction")).isFalse();
        assertThat(story.links(soft.device()).has("deploymentBase")).isFalse();
        await().atMost(PATIENCE)
                .until(() -> story.group(soft.running(), 0).path("canceled").asInt() == 1);

        assertThat(stands(other.standing())).isTrue();
        assertThat(story.rollout(other.running()).path("state").asString()).isEqualTo("running");
        assertThat(story.rollout(other.planned()).path("state").asString()).isEqualTo("ready");
        assertThat(number(story.links(other.device()), "deploymentBase")).isEqualTo(other.action());
        assertThat(number(story.links(other.follower()), "deploymentBase")).isEqualTo(other.stood());
    }

    @Test
    void toAskIsWhatIsDoneWhenNobodySaysHow() {
        UnderWay unsaid = UnderWay.of("unsaid");
        unsaid.turnsOutBad(Map.of());
        unsaid.givesItToNobodyAnyMore();
        asked(unsaid.device(), unsaid.action());
        asked(unsaid.follower(), unsaid.stood());
    }

    @Test
    void actionsEndWithoutTheDevicesWord() {
        UnderWay force = UnderWay.of("force");

        force.turnsOutBad(Map.of("cancel", "force"));

        force.givesItToNobodyAnyMore();
        ended(force.device(), force.action());
        ended(force.follower(), force.stood());
        await().atMost(PATIENCE)
                .until(() -> story.group(force.running(), 0).path("canceled").asInt() == 1);
    }

    @Test
    void whatIsUnderWayGoesOnWhereThatIsWanted() {
        UnderWay none = UnderWay.of("none");

        none.turnsOutBad(Map.of("cancel", "none"));

        none.givesItToNobodyAnyMore();
        wentOn(none.device(), none.action());
        wentOn(none.follower(), none.stood());
        await().atMost(PATIENCE)
                .until(() -> story.group(none.running(), 0).path("succeeded").asInt() == 1);
        assertThat(story.rollout(none.running()).path("state").asString()).isEqualTo("stopped");
    }

    private static void asked(String device, int action) {
        await().atMost(PATIENCE).until(() -> number(story.links(device), "cancelAction") == action);
        assertThat(story.links(device).has("deploymentBase")).isFalse();
        story.ends(device, action, "canceling");
    }

    private static void ended(String device, int action) {
        story.ends(device, action, "canceled");
        assertThat(story.action(device, action).path("active").asBoolean(true)).isFalse();
        JsonNode links = story.links(device);
        assertThat(links.has("cancelAction")).isFalse();
        assertThat(links.has("deploymentBase")).isFalse();
    }

    /** To its end, and nobody asked it to stop in between. */
    private static void wentOn(String device, int action) {
        assertThat(story.links(device).has("cancelAction")).isFalse();
        story.does(device, action, "success");
        story.ends(device, action, "finished");
        story.runs(device, "1.0.0");
        assertThat(story.action(device, action).path("entries"))
                .extracting(entry -> entry.path("status").asString())
                .contains("finished")
                .doesNotContain("canceling", "canceled");
    }
}
