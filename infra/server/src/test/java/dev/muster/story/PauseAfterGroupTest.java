package dev.muster.story;

import static dev.muster.story.RolloutStory.path;
import static dev.muster.story.RolloutStory.plan;
import static dev.muster.story.RolloutStory.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A rollout that stops and waits for a person after its first group, told to the whole server. */
class PauseAfterGroupTest {

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

    private static Map<String, ?> groups(Object pauseAfter) {
        return Map.of(
                "groups",
                List.of(
                        Map.of("name", "canary", "count", 1, "pauseAfter", pauseAfter),
                        Map.of("name", "rest", "percent", 100)));
    }

    @Test
    void theSecondGroupWaitsUntilAPersonHasLookedAtTheFirst() {
        story.devices("look-1", "look-2");
        String rollout = story.started(plan("look", story.release("look", "1.0.0"), "id==look-*", groups(true)));
        story.does("look-1", story.offered("look-1", 0), "success");

        story.becomes(rollout, "paused");
        JsonNode seen = story.rollout(rollout);
        assertThat(seen.path("pauseCause").asString()).isEqualTo("group-succeeded");
        assertThat(seen.path("groups").path(0).path("state").asString()).isEqualTo("finished");
        assertThat(seen.path("groups").path(0).path("pauseAfter").asBoolean()).isTrue();
        assertThat(seen.path("groups").path(1).path("pauseAfter").asBoolean(true))
                .isFalse();
        assertThat(seen.path("plan").path("groups").path(0).path("pauseAfter").asBoolean())
                .isTrue();
        assertThat(seen.path("groups").path(1).path("state").asString()).isEqualTo("scheduled");
        assertThat(seen.path("groups").path(1).path("offered").asInt()).isZero();
        assertThat(story.links("look-2").has("deploymentBase"))
                .as("nobody else was touched")
                .isFalse();
        assertThat(story.server.get("/api/v1/devices/look-2/why").toString())
                .contains("it is paused after group 'canary' succeeded, until a person has looked and resumes it");
        assertThat(story.server
                        .send("GET", path(rollout) + "/report.html", null)
                        .body())
                .contains("the next after 80 % succeeded and a person has looked")
                .contains("Paused: a person looks before the next group starts");
        refused(story.tried(rollout, "next-group", null), 409, "updates.rollout-state");

        refused(story.tried(rollout, "resume", Map.of("pauseCause", "operator")), 409, "updates.rollout-state");
        refused(
                story.tried(rollout, "resume", Map.of("pauseCause", "group-succeeded", "group", 1)),
                409,
                "updates.rollout-state");
        refused(story.tried(rollout, "resume", Map.of("group", 0)), 400, "kernel.invalid-request");
        assertThat(story.tried(rollout, "resume", Map.of("pauseCause", "group-succeeded", "group", 0))
                        .statusCode())
                .isEqualTo(202);
        story.does("look-2", story.offered("look-2", 0), "success");
        story.becomes(rollout, "finished");
        assertThat(story.rollout(rollout).has("pauseCause")).isFalse();
    }

    @Test
    void nothingPausesWhereNobodyAskedForIt() {
        story.devices("calm-1", "calm-2");
        Map<String, Object> calm = plan("calm", story.release("calm", "1.0.0"), "id==calm-*", groups(false));
        assertThat(story.server
                        .ok("POST", "/api/v1/rollouts/preview", calm)
                        .path("groups")
                        .path(1)
                        .path("size")
                        .asInt())
                .as("the preview takes the same request")
                .isEqualTo(1);
        String rollout = story.started(calm);
        story.does("calm-1", story.offered("calm-1", 0), "success");
        story.does("calm-2", story.offered("calm-2", 0), "success");
        story.becomes(rollout, "finished");
    }

    @Test
    void whoMustLookIsSaidWithYesOrNo() {
        story.devices("odd-1");
        Map<String, Object> odd = plan("odd", story.release("odd", "1.0.0"), "id==odd-*", groups("after lunch"));
        assertThat(story.server.send("POST", "/api/v1/rollouts", odd).statusCode())
                .isEqualTo(400);
    }
}
