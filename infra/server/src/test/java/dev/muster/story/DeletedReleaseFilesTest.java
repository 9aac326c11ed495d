package dev.muster.story;

import static dev.muster.story.RolloutStory.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Ids;
import dev.muster.updates.ArtifactStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A release is deleted: its file leaves the store with it, when nothing else needs it. */
class DeletedReleaseFilesTest {

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

    /** Of the content that the story gives a release. */
    private static String sha256(String name) {
        return Ids.digest("content of " + name + " 1.0.0");
    }

    private static boolean isStored(String name) {
        return Boolean.TRUE.equals(story.server
                .bean(ArtifactStore.class)
                .find(sha256(name))
                .hasElement()
                .block(PATIENCE));
    }

    private static void delete(String release) {
        assertThat(story.server
                        .send("DELETE", "/api/v1/releases/" + release, null)
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void whatNobodyNeedsAnyMoreLeavesAndMayComeBack() {
        String first = story.release("spare", "1.0.0");
        Map<String, Object> same = Map.of(
                "type",
                "os",
                "name",
                "twin",
                "version",
                "1.0.0",
                "artifacts",
                List.of(Map.of("sha256", sha256("spare"), "fileName", "f.bin")));
        String twin = story.server
                .ok("POST", "/api/v1/releases", Map.of("name", "twin", "version", "1.0.0", "modules", List.of(same)))
                .path("id")
                .asString();

        delete(first);
        assertThat(isStored("spare")).as("another release has it, too").isTrue();
        delete(twin);
        assertThat(isStored("spare")).isFalse();
        assertThat(story.server
                        .send(
                                "POST",
                                "/api/v1/releases",
                                Map.of("name", "late", "version", "1.0.0", "modules", List.of(same)))
                        .statusCode())
                .as("no release is made of a file that is gone")
                .isEqualTo(404);

        assertThat(story.release("spare", "1.0.0")).isEqualTo(first);
        assertThat(isStored("spare")).isTrue();
    }

    @Test
    void aDeviceThatWasPromisedItGetsIt() {
        story.devices("robot");
        String release = story.release("promised", "1.0.0");
        story.caughtUp();
        story.server.ok("POST", "/api/v1/devices/robot/actions", Map.of("releaseId", release));
        int action = story.offered("robot", 0);

        delete(release);

        assertThat(isStored("promised")).isTrue();
        story.does("robot", action, "success");
        story.ends("robot", action, "finished");
    }
}
