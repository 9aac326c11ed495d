package dev.muster.goosebit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.goosebit.GoosebitWorld.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * GB-74 and GB-75 (contract §13). rauc-hawkbit-updater is in no package here, so its recorded requests are made one by
 * one, with its headers (contract §12.2); what it insists on in answers is checked as it does.
 */
@Timeout(120)
class ClientVectorsTest {

    private static final String[] HEADERS = {
        "User-Agent", "rauc-hawkbit-c-agent/1.0",
        "Accept", "application/json;charset=UTF-8",
        "Content-Type", "application/json;charset=UTF-8"
    };

    private static GoosebitWorld world;

    @BeforeAll
    static void start() {
        world = GoosebitWorld.withoutDeviceAuth();
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static Answer updater(String method, String id, String rest, Object body) {
        return world.device(method, id, rest, body, HEADERS).expect(200);
    }

    @Test
    void gb74_raucHawkbitUpdater() {
        int software = world.software("74.0.0", "");
        int rollout = world.rollout("default", software);
        assertThat(updater("GET", "gb74", "", null).text()).contains("configData");
        updater("PUT", "gb74", "/configData", """
                {"time":"20261127T120000","status":{"result":{"finished":"success"},"execution":"closed"},
                 "data":{"product":"Terminator"}}""");
        JsonNode links = updater("GET", "gb74", "", null).json().path("_links");
        String href = links.path("deploymentBase").path("href").asString();
        assertThat(href).endsWith("/deploymentBase/" + software);

        JsonNode document =
                updater("GET", "gb74", "/deploymentBase/" + software, null).json();
        assertThat(document.path("id").isString())
                .as("it refuses anything else")
                .isTrue();
        JsonNode artifact = document.path("deployment")
                .path("chunks")
                .get(0)
                .path("artifacts")
                .get(0);
        byte[] bundle = world.device("GET", "gb74", "/download", null, "Accept", "application/octet-stream")
                .expect(200)
                .bytes();
        assertThat(bundle).hasSize(artifact.path("size").asInt());
        assertThat(SwuBytes.hex("SHA-1", bundle))
                .isEqualTo(artifact.path("hashes").path("sha1").asString());

        List<String> steps =
                new ArrayList<>(List.of("Download complete. 237.62 MB/s", "File checksum OK.", "installing"));
        for (int percent = 0; percent < 100; percent += 5) {
            steps.add("%3d%% Updating slots.".formatted(percent));
        }
        steps.addAll(List.of("100% Installing done.", "idle"));
        for (String step : steps) {
            said(software, "proceeding", "none", step);
        }
        said(software, "closed", "success", "Software bundle installed successfully.");

        JsonNode shown = world.shown("gb74");
        assertThat(shown.path("last_state").asString()).isEqualTo("Finished");
        assertThat(shown.path("sw_version").asString()).isEqualTo("74.0.0");
        assertThat(world.rolloutShown(rollout).path("success_count").asInt()).isEqualTo(1);
        assertThat(world.get("/api/v1/devices/gb74/log")
                        .json()
                        .path("log")
                        .asString()
                        .lines())
                .hasSize(steps.size() + 1);
        assertThat(updater("GET", "gb74", "", null).text()).doesNotContain("deploymentBase");
        world.ask("DELETE", "/api/v1/rollouts", Map.of("ids", List.of(rollout))).expect(200);
    }

    private static void said(int software, String execution, String finished, String detail) {
        updater("POST", "gb74", "/deploymentBase/" + software + "/feedback", """
                {"id":"%d","time":"20261127T120000","status":{"result":{"finished":"%s"},"execution":"%s","details":["%s"]}}""".formatted(
                        software, finished, execution, detail));
    }

    @Test
    void gb75_anActionIsOfferedAsMinusOne() {
        world.registered("gb75");
        world.device("PUT", "gb75", "/configData", Map.of("data", Map.of("sw_version", "0.9")))
                .expect(200);
        world.patch("gb75", Map.of("feed", "gb75")).expect(200);
        String release = world.server
                .ok(
                        "POST",
                        "/api/v1/releases:upload?filename=gb75.swu",
                        SwuBytes.of("75.0", ""),
                        "Content-Type",
                        "application/octet-stream")
                .path("id")
                .asString();
        world.server.ok("POST", "/api/v1/devices/gb75/actions", Map.of("releaseId", release));
        world.settle();

        assertThat(world.offered("gb75")).isEqualTo("-1");
        JsonNode document = world.device("GET", "gb75", "/deploymentBase/-1", null)
                .expect(200)
                .json();
        assertThat(document.path("id").asString()).isEqualTo("-1");
        world.feedback("gb75", -1, "proceeding", "none").expect(200);
        assertThat(world.offered("gb75")).isEqualTo("-1");
        assertThat(world.device("GET", "gb75", "/download", null).expect(200).bytes())
                .isEqualTo(SwuBytes.of("75.0", ""));
        world.feedback("gb75", -1, "closed", "success").expect(200);

        assertThat(world.shown("gb75").path("last_state").asString()).isEqualTo("Finished");
        assertThat(world.shown("gb75").path("sw_version").asString()).isEqualTo("0.9");
        assertThat(world.offered("gb75")).isEmpty();
        assertThat(world.server.get("/api/v1/devices/gb75").path("updateStatus").asString())
                .as("the action is over, too")
                .isEqualTo("in-sync");
    }

    @Test
    void theLastWordOfAnActionThatIsToStopCounts() {
        world.registered("last-word");
        world.device("PUT", "last-word", "/configData", Map.of("data", Map.of("sw_version", "0.9")))
                .expect(200);
        world.patch("last-word", Map.of("feed", "last-word")).expect(200);
        String release = world.server
                .ok(
                        "POST",
                        "/api/v1/releases:upload?filename=last-word.swu",
                        SwuBytes.of("76.0", ""),
                        "Content-Type",
                        "application/octet-stream")
                .path("id")
                .asString();
        int action = world.server
                .ok("POST", "/api/v1/devices/last-word/actions", Map.of("releaseId", release))
                .path("action")
                .asInt();
        world.settle();
        world.device("GET", "last-word", "/deploymentBase/-1", null).expect(200);
        world.feedback("last-word", -1, "proceeding", "none").expect(200);

        String path = "/api/v1/devices/last-word/actions/" + action;
        world.server.ok("POST", path + "/cancel", Map.of("force", false));
        world.settle();
        world.feedback("last-word", -1, "closed", "success").expect(200);

        assertThat(world.offered("last-word")).isEmpty();
        assertThat(world.server
                        .get("/api/v1/devices/last-word")
                        .path("installed")
                        .path("version")
                        .asString())
                .as("it has installed it, whatever was wanted meanwhile")
                .isEqualTo("76.0");
    }
}
