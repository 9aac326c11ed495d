package dev.muster.story;

import static dev.muster.story.RolloutStory.PATIENCE;
import static dev.muster.story.RolloutStory.path;
import static dev.muster.story.RolloutStory.plan;
import static dev.muster.story.RolloutStory.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of a rollout that fails: its devices get back what they had, or are given it once more. */
class RollBackTest {

    /** One of three, or of two, may fail. */
    private static final Map<String, Object> LENIENT = Map.of("successPercent", 50, "errorPercent", 90);

    private static final String STATE = "updates.rollout-state";

    private static RolloutStory story;
    private static String one;
    private static String two;

    @BeforeAll
    static void aServerAndTwoReleases() {
        story = RolloutStory.begun();
        one = story.release("os", "1.0.0");
        two = story.release("os", "2.0.0");
    }

    @AfterAll
    static void stop() {
        if (story != null) {
            story.close();
        }
    }

    @Test
    void theCanariesGetBackWhatTheyHadWhenOneOfThemFails() {
        haveTheFirst("bird-1", "bird-2", "bird-3");
        String rollout = story.started(plan(
                "birds",
                two,
                "id==bird-*",
                Map.of(
                        "rollback",
                        "all",
                        "groups",
                        List.of(
                                Map.of("name", "canary", "count", 2, "errorPercent", 10),
                                Map.of("name", "rest", "percent", 100)))));
        int first = story.offered("bird-1", 0);
        int second = story.offered("bird-2", 0);
        story.does("bird-1", first, "success");
        story.runs("bird-1", "2.0.0");
        story.does("bird-2", second, "failure");

        JsonNode rollback = rolledBack(rollout);
        assertThat(rollback.path("scope").asString()).isEqualTo("all");
        assertThat(rollback.path("automatic").asBoolean()).isTrue();
        assertThat(rollback.path("devices").asInt()).isEqualTo(2);
        assertThat(story.group(rollout, 0).path("state").asString()).isEqualTo("error");
        assertThat(story.group(rollout, 1).path("state").asString()).isEqualTo("scheduled");
        givenBack("bird-1", first, rollout);
        givenBack("bird-2", second, rollout);
        assertThat(story.links("bird-3").has("deploymentBase"))
                .as("it was not offered anything, so nothing is taken back")
                .isFalse();
        refused(story.tried(rollout, "resume", null), 409, STATE);
    }

    @Test
    void byHandOnlyThoseOnWhichItFailedAreGivenBackWhatTheyHad() {
        haveTheFirst("fish-1", "fish-2", "fish-3");
        String rollout = story.started(plan("fish", two, "id==fish-*", LENIENT));
        int good = story.offered("fish-1", 0);
        int bad = story.offered("fish-2", 0);
        int open = story.offered("fish-3", 0);
        story.does("fish-1", good, "success");
        story.does("fish-2", bad, "failure");
        await().atMost(PATIENCE)
                .until(() -> story.group(rollout, 0).path("failed").asInt() == 1
                        && story.group(rollout, 0).path("succeeded").asInt() == 1);
        assertThat(story.rollout(rollout).path("state").asString()).isEqualTo("running");

        assertThat(story.tried(rollout, "rollback", Map.of("scope", "failed")).statusCode())
                .isEqualTo(202);

        JsonNode rollback = rolledBack(rollout);
        assertThat(rollback.path("scope").asString()).isEqualTo("failed");
        assertThat(rollback.path("automatic").asBoolean(true)).isFalse();
        assertThat(rollback.path("devices").asInt()).isEqualTo(1);
        givenBack("fish-2", bad, rollout);
        assertThat(story.links("fish-1").has("deploymentBase")).isFalse();
        story.runs("fish-1", "2.0.0");
        assertThat(RolloutStory.number(story.links("fish-3"), "deploymentBase"))
                .as("it did not fail and may end")
                .isEqualTo(open);
        story.does("fish-3", open, "success");
        story.runs("fish-3", "2.0.0");
    }

    @Test
    void thoseOnWhichItFailedAreTriedAgainInARolloutOfTheirOwn() {
        haveTheFirst("newt-1", "newt-2");
        String before = story.started(plan("newts", two, "id==newt-*", LENIENT));
        story.does("newt-1", story.offered("newt-1", 0), "success");
        int failed = story.offered("newt-2", 0);
        story.does("newt-2", failed, "failure");
        story.becomes(before, "finished");

        JsonNode planned = story.server.ok("POST", path(before) + "/retry-failed", null);

        String again = planned.path("id").asString();
        story.becomes(again, "ready");
        JsonNode plan = story.rollout(again).path("plan");
        assertThat(plan.path("name").asString()).isEqualTo("newts (retry)");
        assertThat(plan.path("policy").path("retryOf").asString()).isEqualTo(before);
        assertThat(story.rollout(again).path("groups").size()).isEqualTo(1);
        assertThat(story.members(again, 0)).containsExactly("newt-2");
        story.order(again, "start");
        story.does("newt-2", story.offered("newt-2", failed), "success");
        story.becomes(again, "finished");
        story.runs("newt-2", "2.0.0");
        assertThat(story.links("newt-1").has("deploymentBase")).isFalse();
        refused(story.tried(again, "retry-failed", null), 422, "updates.rollout-empty");
    }

    @Test
    void groupsTakeACountOrWhatTheirOwnFilterHitsAndStartByHand() {
        story.devices("moth-1", "moth-2", "moth-3", "moth-4", "moth-5", "moth-6");
        String rollout = story.started(plan(
                "moths",
                two,
                "id==moth-*",
                Map.of(
                        "groups",
                        List.of(
                                Map.of("name", "two", "count", 2),
                                Map.of("name", "odd", "filter", "id==moth-1,id==moth-5"),
                                Map.of("name", "rest", "percent", 100)))));
        story.offered("moth-1", 0);
        story.offered("moth-2", 0);

        assertThat(story.members(rollout, 0)).containsExactly("moth-1", "moth-2");
        assertThat(story.members(rollout, 1))
                .as("whoever an earlier group took is there")
                .containsExactly("moth-5");
        assertThat(story.members(rollout, 2)).containsExactly("moth-3", "moth-4", "moth-6");
        assertThat(story.links("moth-5").has("deploymentBase")).isFalse();

        story.order(rollout, "next-group");

        story.offered("moth-5", 0);
        assertThat(story.group(rollout, 2).path("state").asString()).isEqualTo("scheduled");
        assertThat(story.links("moth-3").has("deploymentBase")).isFalse();
        story.order(rollout, "next-group");
        for (String rest : List.of("moth-3", "moth-4", "moth-6")) {
            story.offered(rest, 0);
        }
        refused(story.tried(rollout, "next-group", null), 409, STATE);
    }

    @Test
    void whatWasDeletedIsOffTheListsAndStaysInHistory() {
        story.devices("crow-1");
        String rollout = story.started(plan("crows", two, "id==crow-*", Map.of()));
        story.offered("crow-1", 0);
        refused(story.server.send("DELETE", path(rollout), null), 409, STATE);
        assertThat(story.listed()).contains(rollout);
        story.order(rollout, "abort");
        story.becomes(rollout, "stopped");
        assertThat(story.rollout(rollout).path("stopCause").asString()).isEqualTo("operator");

        assertThat(story.server.send("DELETE", path(rollout), null).statusCode())
                .isEqualTo(204);

        await().atMost(PATIENCE).until(() -> !story.listed().contains(rollout));
        refused(story.server.send("GET", path(rollout), null), 404, "updates.rollout-unknown");
        refused(story.tried(rollout, "start", null), 404, "updates.rollout-unknown");
        JsonNode kept = story.server.get(path(rollout) + "?deleted=true");
        assertThat(kept.path("deleted").asBoolean()).isTrue();
        assertThat(kept.path("plan").path("name").asString()).isEqualTo("crows");
        assertThat(story.members(rollout, 0)).containsExactly("crow-1");
    }

    private static void haveTheFirst(String... devices) {
        story.devices(devices);
        for (String device : devices) {
            story.has(device, one, "1.0.0");
        }
    }

    /** How it was, once every device that is to be asked was. */
    private static JsonNode rolledBack(String rollout) {
        story.becomes(rollout, "stopped");
        await().atMost(PATIENCE)
                .until(() -> story.rollout(rollout).path("rollback").has("endedAt"));
        JsonNode seen = story.rollout(rollout);
        assertThat(seen.path("stopCause").asString()).isEqualTo("rolled-back");
        return seen.path("rollback");
    }

    private static void givenBack(String device, int after, String rollout) {
        int back = story.offered(device, after);
        JsonNode action = story.action(device, back);
        assertThat(action.path("release").path("version").asString()).isEqualTo("1.0.0");
        assertThat(action.path("rollsBack").asString()).isEqualTo(rollout);
        story.does(device, back, "success");
        story.runs(device, "1.0.0");
        story.ends(device, back, "finished");
    }
}
