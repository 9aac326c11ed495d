package dev.muster.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.simulator.AgentSettings;
import dev.muster.apps.simulator.DeviceFile;
import dev.muster.apps.simulator.SimulatedAgent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Apps from the wish to the device and back: contract F (3) and (4), vectors G-14 to G-21, traps I.3 and I.8. */
class AppsOnDevicesTest {

    private static AppsWorld world;

    @BeforeAll
    static void start() {
        world = AppsWorld.start();
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static List<String> of(SimulatedAgent agent, String app) {
        return agent.reports().stream()
                .filter(each -> each.startsWith(app + " "))
                .toList();
    }

    @Test
    void whatWasWantedWhileADeviceWasAwayIsRunWhenItComes() {
        world.app("early", Map.of(), "1.0.0");
        DeviceFile file = world.enrol("early-bird");
        world.want("early-bird", "early", Map.of("target", "running", "environment", Map.of("GREETING", "hi")));
        SimulatedAgent agent = world.agent(file);
        world.untilReported("early-bird", "early", "running", "1.0.0");
        assertThat(world.line("early-bird", "early").path("condition").asString())
                .isEqualTo("in-step");
        assertThat(of(agent, "early"))
                .containsSubsequence("early STARTING", "early DOWNLOADING", "early PRESENT", "early RUNNING");
        JsonNode order = Objects.requireNonNull(agent.order("early"));
        assertThat(order.path("environment").path("GREETING").path("value").asString())
                .isEqualTo("hi");
        assertThat(order.path("docker_compose").isNull()).isTrue();
        assertThat(order.path("requestor_account_key").isIntegralNumber()).isTrue();
        assertThat(agent.notes()).anyMatch(each -> each.startsWith("token ") && each.length() > 20);
    }

    @Test
    void whatIsWantedOfADeviceThatIsThereReachesItAtOnce() {
        SimulatedAgent agent = world.up("present");
        world.app("pushed", Map.of(), "1.0.0");
        world.want("present", "pushed", Map.of("target", "running"));
        world.untilReported("present", "pushed", "running", "1.0.0");
        world.want("present", "pushed", Map.of("target", "present"));
        world.untilReported("present", "pushed", "present", "1.0.0");
        assertThat(of(agent, "pushed")).containsSubsequence("pushed STOPPING", "pushed STOPPING", "pushed PRESENT");
        world.want("present", "pushed", Map.of("target", "uninstalled"));
        world.untilLine(
                "present",
                "pushed",
                line -> line.path("reported").path("state").asString("").equals("uninstalled"));
        assertThat(of(agent, "pushed")).containsSubsequence("pushed DELETING", "pushed REMOVED", "pushed UNINSTALLED");
    }

    @Test
    void aNewReleaseIsAnUpdate() {
        SimulatedAgent agent = world.up("follower");
        world.app("growing", Map.of(), "1.0.0");
        world.want("follower", "growing", Map.of("target", "running"));
        world.untilReported("follower", "growing", "running", "1.0.0");
        world.release("growing", "1.1.0");
        world.untilReported("follower", "growing", "running", "1.1.0");
        assertThat(agent.version("growing")).isEqualTo("1.1.0");
        assertThat(of(agent, "growing"))
                .containsSubsequence(
                        "growing UPDATING",
                        "growing PRESENT pending_remote_confirmation",
                        "growing STARTING completed",
                        "growing RUNNING completed");
    }

    /** As the real one does it, which goes on to report the release that an app had before it went. */
    @Test
    void whatWentComesBackInAnotherRelease() {
        SimulatedAgent agent = world.up("returning");
        world.app("coming-back", Map.of(), "1.0.0");
        world.want("returning", "coming-back", Map.of("target", "running"));
        world.untilReported("returning", "coming-back", "running", "1.0.0");
        world.want("returning", "coming-back", Map.of("target", "uninstalled"));
        world.untilLine(
                "returning",
                "coming-back",
                line -> line.path("reported").path("state").asString("").equals("uninstalled"));
        world.release("coming-back", "1.1.0");
        world.want("returning", "coming-back", Map.of("target", "running"));
        world.untilReported("returning", "coming-back", "running", "1.1.0");
        world.untilLine("returning", "coming-back", line -> line.path("condition")
                .asString("")
                .equals("in-step"));
        assertThat(of(agent, "coming-back")).contains("coming-back UPDATING");
    }

    @Test
    void onePinnedStaysWithItsVersion() {
        world.up("pinned");
        world.app("steady", Map.of(), "1.0.0");
        world.want("pinned", "steady", Map.of("target", "running", "version", "1.0.0"));
        world.untilReported("pinned", "steady", "running", "1.0.0");
        world.release("steady", "2.0.0");
        world.untilLine(
                "pinned",
                "steady",
                line -> line.path("wanted").path("next").asString("").equals("1.0.0"));
        assertThat(world.line("pinned", "steady").path("condition").asString()).isEqualTo("in-step");
    }

    /** An order that comes back for each report would start the app anew at once, and the count would never grow. */
    @Test
    void oneThatFailsIsLeftToItsAgentUntilSomebodyAsks() {
        SimulatedAgent agent = world.up("looping");
        agent.fails("broken", true);
        world.app("broken", Map.of(), "1.0.0");
        world.want("looping", "broken", Map.of("target", "running"));
        world.untilLine(
                "looping", "broken", line -> line.path("condition").asString("").equals("crash-loop"));
        assertThat(world.line("looping", "broken")
                        .path("reported")
                        .path("failures")
                        .asInt())
                .isGreaterThanOrEqualTo(3);
        agent.fails("broken", false);
        world.server.ok("POST", "/api/v1/devices/looping/apps/broken/update", null);
        world.untilReported("looping", "broken", "running", "1.0.0");
    }

    @Test
    void anUpdateIsCalledOffAndLetGoOn() {
        SimulatedAgent agent =
                world.agent(world.enrol("called-off"), AgentSettings.QUICK.withStep(Duration.ofMillis(700)));
        AppsWorld.until(agent::isUp);
        world.app("heavy", Map.of(), "1.0.0");
        world.want("called-off", "heavy", Map.of("target", "running"));
        world.untilReported("called-off", "heavy", "running", "1.0.0");
        world.release("heavy", "2.0.0");
        world.untilLine(
                "called-off",
                "heavy",
                line -> line.path("reported").path("state").asString("").equals("updating"));
        world.server.ok("POST", "/api/v1/devices/called-off/apps/heavy/cancel", null);
        world.untilLine("called-off", "heavy", line -> line.path("reported")
                .path("calledOff")
                .asBoolean(false));
        Awaitility.await()
                .atMost(AppsWorld.WAIT)
                .until(() -> of(agent, "heavy"), all -> all.contains("heavy PRESENT canceled"));
        world.server.ok("POST", "/api/v1/devices/called-off/apps/heavy/update", null);
        world.untilReported("called-off", "heavy", "running", "2.0.0");
    }

    /** It goes by name. One that is not in the list would be removed without a word. */
    @Test
    void whatIsNotWantedAnyMoreGoesByName() {
        DeviceFile file = world.enrol("leaving");
        SimulatedAgent agent = world.agent(file);
        AppsWorld.until(agent::isUp);
        world.app("passing", Map.of(), "1.0.0");
        world.app("staying", Map.of(), "1.0.0");
        world.want("leaving", "passing", Map.of("target", "running"));
        world.want("leaving", "staying", Map.of("target", "running"));
        world.untilReported("leaving", "passing", "running", "1.0.0");
        world.untilReported("leaving", "staying", "running", "1.0.0");
        world.server.ok("DELETE", "/api/v1/devices/leaving/apps/passing", null, "If-Match", "*");
        Awaitility.await()
                .atMost(AppsWorld.WAIT)
                .until(() -> of(agent, "passing"), all -> all.contains("passing UNINSTALLED"));
        agent.cut();
        AppsWorld.until(() -> agent.starts() == 2 && agent.isUp());
        world.untilReported("leaving", "staying", "running", "1.0.0");
        assertThat(agent.state("staying")).isEqualTo("RUNNING");
        assertThat(agent.notes()).doesNotContain("wiped PROD/" + keyOf("staying"));
    }

    private static long keyOf(String app) {
        return world.server.get("/api/v1/apps/" + app).path("key").asLong();
    }

    @Test
    void aGroupsWishIsItsDevices() {
        world.server.ok("POST", "/api/v1/devices", Map.of("id", "grouped", "group", "hall/east"));
        JsonNode file = world.server.ok("POST", "/api/v1/devices/grouped/agent", null);
        SimulatedAgent agent = world.agent(world.here(DeviceFile.read(file.toString())));
        AppsWorld.until(agent::isUp);
        world.app("shared", Map.of(), "1.0.0");
        world.server.ok("PUT", "/api/v1/groups/hall/apps/shared", Map.of("target", "running"), "If-Match", "*");
        world.untilReported("grouped", "shared", "running", "1.0.0");
        world.want("grouped", "shared", Map.of("target", "present"));
        world.untilReported("grouped", "shared", "present", "1.0.0");
        assertThat(agent.state("shared")).isEqualTo("PRESENT");
    }

    @Test
    void aCompositionComesAsAnObject() {
        SimulatedAgent agent = world.up("composed");
        Map<String, ?> web = Map.of("image", "busybox:1.36", "ports", List.of("8080:8080"));
        world.app("several", Map.of("compose", Map.of("services", Map.of("web", web))), "1.0.0");
        world.want("composed", "several", Map.of("target", "running"));
        world.untilReported("composed", "several", "running", "1.0.0");
        JsonNode order = Objects.requireNonNull(agent.order("several"));
        assertThat(order.path("docker_compose")
                        .path("services")
                        .path("web")
                        .path("image")
                        .asString())
                .isEqualTo("busybox:1.36");
    }

    @Test
    void oneThatEndsByItselfIsStartedAgain() {
        SimulatedAgent agent = world.up("crashing");
        world.app("fragile", Map.of(), "1.0.0");
        world.want("crashing", "fragile", Map.of("target", "running"));
        world.untilReported("crashing", "fragile", "running", "1.0.0");
        agent.exits("fragile");
        Awaitility.await()
                .atMost(AppsWorld.WAIT)
                .until(
                        () -> of(agent, "fragile"),
                        all -> all.indexOf("fragile FAILED") > 0
                                && all.getLast().equals("fragile RUNNING"));
        world.untilReported("crashing", "fragile", "running", "1.0.0");
    }
}
