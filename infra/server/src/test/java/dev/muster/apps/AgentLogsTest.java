package dev.muster.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.simulator.SimulatedAgent;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Logs, live and as they were kept: contract F (5), vectors G-24 to G-27. */
class AgentLogsTest {

    private static AppsWorld world;
    private static SimulatedAgent agent;
    private static String container;

    @BeforeAll
    static void start() {
        world = AppsWorld.start();
        agent = world.up("logger");
        world.app("talker", Map.of(), "1.0.0");
        world.want("logger", "talker", Map.of("target", "running"));
        world.untilReported("logger", "talker", "running", "1.0.0");
        container = world.container("logger", "talker");
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    /** The agent writes only while somebody looks: it learns of the first viewer and of the last one who goes. */
    @Test
    void aLogIsWrittenWhileSomebodyLooks() throws Exception {
        AppsWorld.until(() -> !agent.isSeen(container));
        try (LogViewer first = new LogViewer(world, "/api/v1/devices/logger/apps/talker/logs")) {
            AppsWorld.until(() -> agent.isSeen(container));
            agent.prints(container, "line 1\nline 2");
            first.sees("line 1\\nline 2");
            first.sees("event:lines");
            try (LogViewer second = new LogViewer(world, "/api/v1/devices/logger/apps/talker/logs")) {
                second.sees(":live");
                agent.prints(container, "for both");
                first.sees("for both");
            }
            agent.prints(container, "for one");
            first.sees("for one");
        }
        AppsWorld.until(() -> !agent.isSeen(container));
    }

    /** One who looked before the device came back is found by it. */
    @Test
    void aViewerOutlivesTheDevicesLine() throws Exception {
        try (LogViewer viewer = new LogViewer(world, "/api/v1/devices/logger/apps/talker/logs")) {
            AppsWorld.until(() -> agent.isSeen(container));
            int before = agent.starts();
            agent.cut();
            AppsWorld.until(() -> agent.starts() == before + 1 && agent.isUp());
            assertThat(agent.isSeen(container)).isTrue();
            agent.prints(container, "after the break");
            viewer.sees("after the break");
        }
    }

    @Test
    void whatTheAgentSaysIsShownToo() throws Exception {
        try (LogViewer viewer = new LogViewer(world, "/api/v1/devices/logger/apps/talker/logs")) {
            AppsWorld.until(() -> agent.isSeen(container));
            world.want("logger", "talker", Map.of("target", "present"));
            world.untilReported("logger", "talker", "present", "1.0.0");
            world.want("logger", "talker", Map.of("target", "running"));
            viewer.sees("Starting talker...");
            viewer.sees("event:message");
        }
    }

    @Test
    void whatWasIsAskedOfTheDevice() {
        agent.prints(container, "kept 1\nkept 2\nkept 3");
        JsonNode history = world.server.get("/api/v1/devices/logger/apps/talker/logs?tail=2&since=30m");
        assertThat(history.path("lines")).hasSize(2);
        assertThat(history.path("lines").path(1).asString()).isEqualTo("kept 3");
        assertThat(world.server
                        .get("/api/v1/devices/logger/agent/logs?level=warn")
                        .path("returned")
                        .asInt())
                .isEqualTo(1);
        assertThat(world.server
                        .send("GET", "/api/v1/devices/logger/apps/talker/logs?container=prod_1_other", null)
                        .statusCode())
                .isEqualTo(400);
        assertThat(world.server
                        .send("GET", "/api/v1/devices/logger/apps/talker/logs?tail=5001", null)
                        .statusCode())
                .isEqualTo(400);
    }
}
