package dev.muster.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.simulator.SimulatedAgent;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.awaitility.Awaitility;
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

    /** Somebody who looks at a log. */
    private static final class Viewer implements AutoCloseable {

        private final InputStream body;
        private final StringBuilder seen = new StringBuilder();

        Viewer(String path) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(URI.create(world.server.baseUrl() + path))
                    .header("Authorization", world.token("apps-read"))
                    .header("Accept", "text/event-stream")
                    .build();
            HttpResponse<InputStream> answer = world.http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            body = answer.body();
            Thread.ofVirtual().start(this::read);
        }

        private void read() {
            byte[] bytes = new byte[4_096];
            try {
                for (int n = body.read(bytes); n >= 0; n = body.read(bytes)) {
                    synchronized (seen) {
                        seen.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
                    }
                }
            } catch (IOException e) {
                // It is over.
            }
        }

        void sees(String text) {
            Awaitility.await()
                    .atMost(AppsWorld.WAIT)
                    .until(
                            () -> {
                                synchronized (seen) {
                                    return seen.toString();
                                }
                            },
                            all -> all.contains(text));
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /** The agent writes only while somebody looks: it learns of the first viewer and of the last one who goes. */
    @Test
    void aLogIsWrittenWhileSomebodyLooks() throws Exception {
        AppsWorld.until(() -> !agent.isSeen(container));
        try (Viewer first = new Viewer("/api/v1/devices/logger/apps/talker/logs")) {
            AppsWorld.until(() -> agent.isSeen(container));
            agent.prints(container, "line 1\nline 2");
            first.sees("line 1\\nline 2");
            first.sees("event:lines");
            try (Viewer second = new Viewer("/api/v1/devices/logger/apps/talker/logs")) {
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
        try (Viewer viewer = new Viewer("/api/v1/devices/logger/apps/talker/logs")) {
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
        try (Viewer viewer = new Viewer("/api/v1/devices/logger/apps/talker/logs")) {
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
