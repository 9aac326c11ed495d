package dev.muster.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.simulator.AgentSettings;
import dev.muster.apps.simulator.DockerEngine;
import dev.muster.apps.simulator.SimulatedAgent;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Apps that really run: in the container engine that {@code DOCKER_HOST} names, from images made here. Where none is
 * named the tests say so and are skipped.
 */
class RealContainersTest {

    private static final String VERSION = "1.0.0";

    @TempDir
    static Path dir;

    private static RealDocker docker;
    private static AppsWorld world;
    private static DockerEngine engine;
    private static int registry;

    @BeforeAll
    static void start() throws Exception {
        docker = RealDocker.assume(dir);
        registry = RealDocker.freePort();
        world = AppsWorld.start("--muster.apps.registry=127.0.0.1:" + registry + "/", "--muster.apps.repository=apps/");
        engine = new DockerEngine();
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
        if (engine != null) {
            engine.close();
        }
        if (docker != null) {
            docker.close();
        }
    }

    private static SimulatedAgent up(String device) {
        SimulatedAgent agent = world.agent(world.enrol(device), AgentSettings.QUICK, engine);
        AppsWorld.until(agent::isUp);
        return agent;
    }

    /** What the agent calls the app's image. */
    private static String image(String app, String version) {
        long key = world.server.get("/api/v1/apps/" + app).path("key").asLong();
        return "127.0.0.1:" + registry + "/apps/prod_amd64_" + key + "_" + app + ":" + version;
    }

    private static void untilRunning(String container, boolean is) {
        Awaitility.await()
                .atMost(AppsWorld.WAIT)
                .until(() -> docker.containers(container, true).contains(container), runs -> runs == is);
    }

    private static void want(String device, String app, String target) {
        world.want(device, app, Map.of("target", target, "environment", Map.of("GREETING", "good \"morning\"")));
    }

    @Test
    void anAppIsAContainerFromItsStartToItsEnd() throws Exception {
        SimulatedAgent agent = up("carrier");
        world.app("carried", Map.of(), VERSION);
        String image = image("carried", VERSION);
        docker.makeImage(image, "the container");
        want("carrier", "carried", "running");
        world.untilReported("carrier", "carried", "running", VERSION);
        String container = world.container("carrier", "carried");
        assertThat(docker.containers(container, true)).containsExactly(container);
        assertThat(agent.reports()).as("an image that is here is not pulled").doesNotContain("carried DOWNLOADING");
        String logs = "/api/v1/devices/carrier/apps/carried/logs";
        try (LogViewer viewer = new LogViewer(world, logs)) {
            viewer.sees("good \\\"morning\\\" from the container");
        }
        assertThat(world.server.get(logs + "?tail=100").path("lines").valueStream())
                .anyMatch(line -> line.asString("").contains("the container began"));

        want("carrier", "carried", "present");
        world.untilReported("carrier", "carried", "present", VERSION);
        assertThat(docker.containers(container, true)).isEmpty();
        assertThat(docker.containers(container, false)).containsExactly(container);

        want("carrier", "carried", "uninstalled");
        world.untilLine(
                "carrier",
                "carried",
                line -> line.path("reported").path("state").asString("").equals("uninstalled"));
        assertThat(docker.containers(container, false)).isEmpty();
        assertThat(docker.hasImage(image)).isFalse();
    }

    @Test
    void aContainerThatIsKilledIsStartedAgain() throws Exception {
        SimulatedAgent agent = up("reviver");
        world.app("killed", Map.of(), VERSION);
        docker.makeImage(image("killed", VERSION), "the victim");
        want("reviver", "killed", "running");
        world.untilReported("reviver", "killed", "running", VERSION);
        String container = world.container("reviver", "killed");
        docker.done("kill", container);
        Awaitility.await().atMost(AppsWorld.WAIT).until(() -> agent.reports().indexOf("killed FAILED"), at -> at > 0);
        world.untilReported("reviver", "killed", "running", VERSION);
        untilRunning(container, true);
    }

    @Test
    void whatCannotBeBroughtIsSaidInTheAppsLog() throws Exception {
        SimulatedAgent agent = up("seeker");
        world.app("missing", Map.of(), VERSION);
        want("seeker", "missing", "running");
        AppsWorld.until(() -> agent.reports().contains("missing FAILED"));
        try (LogViewer viewer = new LogViewer(world, "/api/v1/devices/seeker/apps/missing/logs")) {
            viewer.sees("failed: engine: docker ");
        }
        want("seeker", "missing", "uninstalled");
        AppsWorld.until(() -> agent.reports().getLast().equals("missing UNINSTALLED"));
    }

    @Test
    void anImageComesFromTheRegistryAndSoDoesTheNext() throws Exception {
        docker.startRegistry(registry);
        SimulatedAgent agent = up("puller");
        world.app("pulled", Map.of(), VERSION);
        push("pulled", VERSION);
        push("pulled", "1.1.0");
        want("puller", "pulled", "running");
        world.untilReported("puller", "pulled", "running", VERSION);
        assertThat(agent.reports()).contains("pulled DOWNLOADING");
        String container = world.container("puller", "pulled");
        world.release("pulled", "1.1.0");
        world.untilReported("puller", "pulled", "running", "1.1.0");
        assertThat(docker.done("inspect", "--format", "{{.Config.Image}}", container))
                .isEqualTo(image("pulled", "1.1.0"));
        try (LogViewer viewer = new LogViewer(world, "/api/v1/devices/puller/apps/pulled/logs")) {
            viewer.sees("from pulled 1.1.0");
        }
    }

    /** Into the registry, and no longer here. */
    private static void push(String app, String version) throws Exception {
        String image = image(app, version);
        docker.makeImage(image, app + " " + version);
        docker.done("push", image);
        docker.done("image", "rm", image);
    }
}
