package dev.muster.story;

import static dev.muster.story.RolloutStory.PATIENCE;
import static dev.muster.story.RolloutStory.number;
import static dev.muster.story.RolloutStory.plan;
import static dev.muster.story.RolloutStory.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A rollout under way that devices join as soon as they say that they are what it is for. */
class JoiningTest {

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
     * A second is what is promised to a device that is alone with the server. The machine that runs this is shared,
     * and the first device also pays for classes that are loaded now: so the promise must be kept for half of the
     * devices, and none may take more than three times as long.
     */
    @Test
    void aDeviceThatBeginsToMatchIsOfferedItWithinASecond() {
        List<String> joiners = List.of("fast-1", "fast-2", "fast-3", "fast-4", "fast-5", "fast-6", "fast-7");
        story.devices(joiners.toArray(new String[0]));
        String rollout = running("fast", "berlin", Map.of("groupSize", 10));
        List<Duration> waits = new ArrayList<>();
        for (String joiner : joiners) {
            assertThat(story.linksNow(joiner).has("deploymentBase")).isFalse();
            story.tells(joiner, "site", "berlin");
            long answered = System.nanoTime();
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .atMost(PATIENCE)
                    .until(() -> story.linksNow(joiner).has("deploymentBase"));
            waits.add(Duration.ofNanos(System.nanoTime() - answered));
        }

        assertThat(waits).as("%s", waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(3)) <= 0);
        assertThat(waits.stream().sorted().toList().get(waits.size() / 2))
                .as("median of %s", waits)
                .isLessThanOrEqualTo(Duration.ofSeconds(1));
        await().atMost(PATIENCE)
                .until(() -> story.group(rollout, 1).path("offered").asInt() == joiners.size());
        assertThat(story.members(rollout, 1)).containsExactlyElementsOf(joiners);
    }

    @Test
    void joinersFillGroupsWithTheSameBrakesUntilNobodyMayJoin() {
        story.devices("join-1", "join-2", "join-3", "join-4", "join-5");
        String rollout = running("join", "ulm", Map.of("groupSize", 2, "successPercent", 50, "errorPercent", 40));
        story.tells("join-1", "site", "ulm");
        story.does("join-1", story.offered("join-1", 0), "success");
        story.tells("join-2", "site", "ulm");
        int second = story.offered("join-2", 0);
        story.tells("join-3", "site", "ulm");
        int third = story.offered("join-3", 0);

        JsonNode seen = story.rollout(rollout);
        assertThat(seen.path("open").asBoolean()).isTrue();
        joined(seen.path("groups").path(1), "joined-1", 2);
        joined(seen.path("groups").path(2), "joined-2", 1);
        assertThat(story.members(rollout, 1)).containsExactly("join-1", "join-2");
        assertThat(story.members(rollout, 2)).containsExactly("join-3");

        story.does("join-3", third, "failure");
        story.becomes(rollout, "paused");
        assertThat(story.rollout(rollout).path("pauseCause").asString()).isEqualTo("error-threshold");
        assertThat(story.group(rollout, 2).path("state").asString()).isEqualTo("error");
        story.tells("join-4", "site", "ulm");
        await().atMost(PATIENCE).until(() -> story.members(rollout, 2).equals(List.of("join-3", "join-4")));
        assertThat(story.links("join-4").has("deploymentBase"))
                .as("it joins what stands still, and is not offered it")
                .isFalse();
        assertThat(story.group(rollout, 2).path("offered").asInt()).isEqualTo(1);
        assertThat(number(story.links("join-2"), "deploymentBase"))
                .as("what was offered before stays")
                .isEqualTo(second);

        story.order(rollout, "resume");
        story.does("join-4", story.offered("join-4", 0), "success");
        story.does("join-2", second, "success");
        await().atMost(PATIENCE)
                .until(() -> story.group(rollout, 1).path("succeeded").asInt() == 2
                        && story.group(rollout, 2).path("succeeded").asInt() == 1);
        assertThat(story.rollout(rollout).path("state").asString())
                .as("somebody may still join")
                .isEqualTo("running");

        story.order(rollout, "close-joining");

        story.becomes(rollout, "finished");
        assertThat(story.rollout(rollout).path("open").asBoolean(true)).isFalse();
        story.tells("join-5", "site", "ulm");
        await().atMost(PATIENCE)
                .until(() ->
                        story.server.get("/api/v1/devices/join-5").toString().contains("\"ulm\""));
        assertThat(story.links("join-5").has("deploymentBase")).isFalse();
        assertThat(story.rollout(rollout).path("groups").size()).isEqualTo(3);
    }

    @Test
    void nobodyJoinsWhereThePlanDoesNotSaySo() {
        story.devices("fixed-seed");
        String release = story.release("fixed", "1.0.0");
        String rollout = story.started(plan("fixed", release, "id==fixed-*", Map.of()));
        int action = story.offered("fixed-seed", 0);

        refused(story.tried(rollout, "close-joining", null), 409, "updates.rollout-state");

        story.devices("fixed-late");
        story.does("fixed-seed", action, "success");
        story.becomes(rollout, "finished");
        assertThat(story.links("fixed-late").has("deploymentBase")).isFalse();
        assertThat(story.rollout(rollout).path("groups").size()).isEqualTo(1);
    }

    /** Its one planned device is through, so nothing is before those that join. */
    private static String running(String name, String site, Map<String, ?> joining) {
        String seed = name + "-seed";
        story.devices(seed);
        story.tells(seed, "site", site);
        story.caughtUp();
        String rollout = story.started(
                plan(name, story.release(name, "1.0.0"), "attribute.site==" + site, Map.of("joining", joining)));
        story.does(seed, story.offered(seed, 0), "success");
        await().atMost(PATIENCE)
                .until(() -> story.group(rollout, 0).path("state").asString("").equals("finished"));
        return rollout;
    }

    private static void joined(JsonNode group, String name, int size) {
        assertThat(group.path("name").asString()).isEqualTo(name);
        assertThat(group.path("joined").asBoolean()).isTrue();
        assertThat(group.path("size").asInt()).isEqualTo(size);
    }
}
