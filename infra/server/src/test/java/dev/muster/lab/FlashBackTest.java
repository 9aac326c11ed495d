package dev.muster.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Positions;
import dev.muster.lab.LabWorld.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A returned board is flashed back, on the whole server: the board's device speaks DDI as any device does, and is offered
 * what the board shall be lent with. Each story has a board, which is the device {@code robot-<n>}.
 */
class FlashBackTest {

    private static final String LAB = """
            classes { pine { arch = arm64, flash_back { release = lab-os, version = 1.0 } } }
            boards { name = pine-1, brdclass = pine, device = robot-1,
                     options { cls = snmppower, host = pdu, port = 1, profile = fake } }
            boards { name = pine-2, brdclass = pine, device = robot-2,
                     options { cls = snmppower, host = pdu, port = 2, profile = fake } }
            boards { name = pine-3, brdclass = pine, device = robot-3,
                     flash_back { release = lab-os, version = 1.0, within = 2s },
                     options { cls = snmppower, host = pdu, port = 3, profile = fake } }
            boards { name = pine-4, brdclass = pine, device = robot-4,
                     flash_back { release = lab-os, version = 9 },
                     options { cls = snmppower, host = pdu, port = 4, profile = fake } }
            """;

    private static LabWorld lab;
    private static String gateway;

    @BeforeAll
    static void start() {
        lab = LabWorld.start(LAB);
        gateway = lab.server
                .ok("PUT", "/api/v1/settings/updates/gateway-token", null)
                .path("token")
                .asString();
        for (int number = 1; number <= 4; number++) {
            lab.server.ok("POST", "/api/v1/devices", Map.of("id", "robot-" + number));
        }
        String sha256 = lab.server
                .ok(
                        "POST",
                        "/api/v1/artifacts?filename=lab-os.img",
                        "an image".getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/octet-stream")
                .path("sha256")
                .asString();
        Map<String, Object> module = Map.of(
                "type",
                "os",
                "name",
                "lab-os",
                "version",
                "1.0",
                "artifacts",
                List.of(Map.of("sha256", sha256, "fileName", "lab-os.img")));
        lab.server.ok(
                "POST", "/api/v1/releases", Map.of("name", "lab-os", "version", "1.0", "modules", List.of(module)));
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void aReturnedBoardIsLentAgainWhenItsDeviceHasInstalledTheRelease() {
        JsonNode shown =
                lab.api("GET", "/lab/boards/pine-1", null, lab.ann).expect(200).json();
        assertThat(shown.path("flashBack").toString())
                .isEqualTo("{\"release\":\"lab-os\",\"version\":\"1.0\",\"withinSeconds\":1800}");
        // The second time the device has the release already; whoever had the board need not have told.
        for (int time = 1; time <= 2; time++) {
            lab.bitelab("POST", "/board/pine-1/reserve", null, lab.ann).expect(200);
            assertThat(deployment(1))
                    .as("nothing to do for the borrower's board")
                    .isNull();

            assertThat(lab.bitelab("POST", "/board/pine-1/release", null, lab.ann)
                            .expect(200)
                            .json()
                            .path("state")
                            .asString())
                    .isEqualTo("releasing");

            String deployment = awaitDeployment(1);
            assertThat(send("GET", deployment, null).expect(200).text())
                    .contains("\"download\":\"forced\"", "\"update\":\"forced\"", "lab-os.img");
            awaitPower(1, Power.ON);
            assertThat(lab.board("pine-1").path("state").asString()).isEqualTo("releasing");
            assertThat(lab.bitelab("POST", "/board/pine-1/reserve", null, lab.bob)
                            .expect(409)
                            .code())
                    .isEqualTo("reserved");

            report(deployment, "success");

            lab.awaitState("pine-1", "free");
            assertThat(lab.fakes().power("pdu", "1")).isEqualTo(Power.OFF);
            assertThat(actions(1)).hasSize(time).allMatch("finished"::equals);
        }
    }

    @Test
    void aDeviceThatFailsMakesTheBoardFaultyUntilTheNextTryWorks() {
        lab.bitelab("POST", "/board/pine-2/reserve", null, lab.ann).expect(200);
        lab.bitelab("POST", "/board/pine-2/release", null, lab.ann).expect(200);
        report(awaitDeployment(2), "failure");

        JsonNode faulty = lab.awaitState("pine-2", "faulty");

        assertThat(faulty.path("fault").asString())
                .isEqualTo("The device 'robot-2' did not install lab-os 1.0: no space left");
        assertThat(lab.fakes().power("pdu", "2")).isEqualTo(Power.OFF);
        assertThat(lab.server.get("/api/v1/events/feed?limit=1000").toString()).contains("lab.flash-back-failed");
        // It is tried again by itself.
        report(awaitDeployment(2), "success");
        lab.awaitState("pine-2", "free");
        assertThat(lab.fakes().power("pdu", "2")).isEqualTo(Power.OFF);
        assertThat(actions(2)).containsExactlyInAnyOrder("error", "finished");
    }

    @Test
    void aDeviceThatIsSilentForTooLongMakesTheBoardFaultyAndIsLeftWithNothingToDo() {
        lab.bitelab("POST", "/board/pine-3/reserve", null, lab.ann).expect(200);
        lab.bitelab("POST", "/board/pine-3/release", null, lab.ann).expect(200);
        awaitDeployment(3);

        JsonNode faulty = lab.awaitState("pine-3", "faulty");

        assertThat(faulty.path("fault").asString())
                .isEqualTo("The device 'robot-3' did not install lab-os 1.0 within 2 seconds.");
        assertThat(lab.fakes().power("pdu", "3")).isEqualTo(Power.OFF);
        lab.bitelab("POST", "/board/pine-3/maintenance", Map.of("note", "silent"), lab.boss)
                .expect(200);
        assertThat(deployment(3)).isNull();
        assertThat(actions(3)).allMatch("canceled"::equals);
    }

    @Test
    void aReleaseThatDoesNotExistIsNamed() {
        lab.bitelab("POST", "/board/pine-4/reserve", null, lab.ann).expect(200);
        lab.bitelab("POST", "/board/pine-4/release", null, lab.ann).expect(200);
        JsonNode faulty = lab.awaitState("pine-4", "faulty");
        assertThat(faulty.path("fault").asString())
                .isEqualTo("The board cannot be flashed back: There is no release lab-os 9.");
        assertThat(lab.fakes().power("pdu", "4")).isEqualTo(Power.OFF);
        lab.bitelab("POST", "/board/pine-4/maintenance", Map.of("note", "nothing to install"), lab.boss)
                .expect(200);
    }

    private static Answer send(String method, String path, @Nullable Object body) {
        return lab.send(
                method,
                path,
                body,
                null,
                "Authorization",
                "GatewayToken " + gateway,
                "Content-Type",
                "application/json");
    }

    /** Where the device reads what it shall install, null when it polls and is told nothing of that kind. */
    private static @Nullable String deployment(int device) {
        lab.server.bean(Positions.class).caughtUp(LabWorld.WAIT).block(LabWorld.WAIT);
        JsonNode links = send("GET", "/default/controller/v1/robot-" + device, null)
                .expect(200)
                .json()
                .path("_links");
        String href = links.path("deploymentBase").path("href").asString("");
        return href.isEmpty() ? null : "/default/controller/v1/" + href.substring(href.indexOf("robot-"));
    }

    private static String awaitDeployment(int device) {
        Predicate<@Nullable String> offered = href -> href != null;
        String href = Awaitility.await().atMost(LabWorld.WAIT).until(() -> deployment(device), offered);
        return String.valueOf(href);
    }

    private static void report(String deployment, String finished) {
        String path = deployment.substring(0, deployment.indexOf('?')) + "/feedback";
        Map<String, Object> status = Map.of(
                "execution", "closed", "result", Map.of("finished", finished), "details", List.of("no space left"));
        send("POST", path, JsonMapper.shared().writeValueAsString(Map.of("status", status)))
                .expect(200);
    }

    private static void awaitPower(int outlet, Power power) {
        Awaitility.await().atMost(LabWorld.WAIT).until(() -> lab.fakes().power("pdu", "" + outlet) == power);
    }

    /** How the device's actions stand. */
    private static List<String> actions(int device) {
        List<String> states = new ArrayList<>();
        for (JsonNode each :
                lab.server.get("/api/v1/devices/robot-" + device + "/actions").path("items")) {
            states.add(each.path("status").asString());
        }
        return states;
    }
}
