package dev.muster.updates.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.apps.simulator.AppsChapter;
import dev.muster.updates.simulator.SimulatorSettings.Tempo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The story's half of the conversation with the native API; the fleet is the fake update server's. */
class DemoStoryTest {

    private static final Pace QUICK = duration -> {
        Thread.yield();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    };

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger rollouts = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> minPositions = Collections.synchronizedList(new ArrayList<>());
    /** What replaced whichever version was there. */
    private final List<String> anyVersion = new CopyOnWriteArrayList<>();
    /** How many reads are still to be refused because the views lag behind. */
    private final AtomicInteger lagging = new AtomicInteger(3);

    private volatile int refuseUploads;
    private FakeUpdateServer devices;
    private HttpServer api;

    @BeforeEach
    void startServers() throws IOException {
        devices = new FakeUpdateServer();
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        api.setExecutor(threads);
        api.createContext("/", this::answer);
        api.start();
    }

    @AfterEach
    void stopServers() {
        api.stop(0);
        threads.shutdownNow();
        devices.close();
    }

    @Test
    void itTellsAGoodAndABadRolloutThroughThePublicApi() throws Exception {
        try (DemoStory story = story()) {
            story.start();
            assertThat(story.await(Duration.ofSeconds(30))).isTrue();
            assertThat(story.state()).isEqualTo(DemoStory.State.TOLD);
        }
        assertThat(asked.stream().filter(a -> !a.startsWith("GET")).limit(7))
                .containsExactly(
                        "PUT /api/v1/settings/updates/gateway-token",
                        "POST /api/v1/releases:upload?filename=robot-os-1.1.0.swu&name=robot-os&version=1.1.0&type=os",
                        "POST /api/v1/rollouts",
                        "POST /api/v1/rollouts/r1/start",
                        "POST /api/v1/releases:upload?filename=robot-os-1.2.0.swu&name=robot-os&version=1.2.0&type=os",
                        "POST /api/v1/rollouts",
                        "POST /api/v1/rollouts/r2/start");
        assertThat(devices.devices).hasSize(12);
    }

    @Test
    void someRobotsGetAnAppAndItsNextReleaseAndOneGoesItsOwnWay() throws Exception {
        try (DemoStory story = story()) {
            story.start();
            assertThat(story.await(Duration.ofSeconds(30))).isTrue();
            assertThat(story.state()).isEqualTo(DemoStory.State.TOLD);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> asked.contains("GET /wamp"));
        }
        List<String> orders =
                asked.stream().filter(a -> !a.startsWith("GET")).skip(7).toList();
        List<String> enrolled =
                orders.stream().filter(each -> each.endsWith("/agent")).toList();
        assertThat(enrolled).hasSizeBetween(11, 12).allMatch(each -> each.startsWith("POST /api/v1/devices/robot-"));
        String last = enrolled.getLast().substring("POST ".length()).replace("/agent", "/apps/telemetry");
        assertThat(orders.stream().filter(each -> !each.endsWith("/agent")))
                .containsExactly(
                        "POST /api/v1/apps",
                        "POST /api/v1/apps/telemetry/releases",
                        "PUT /api/v1/projects/1/apps/telemetry",
                        "POST /api/v1/apps/telemetry/releases",
                        "PUT " + last);
        assertThat(anyVersion).containsExactly("PUT /api/v1/projects/1/apps/telemetry", "PUT " + last);
    }

    @Test
    void itReadsWhatItWrote() throws Exception {
        try (DemoStory story = story()) {
            story.start();
            assertThat(story.await(Duration.ofSeconds(30))).isTrue();
            assertThat(story.state()).isEqualTo(DemoStory.State.TOLD);
        }
        assertThat(lagging).as("reads refused for being ahead").hasValue(0);
        assertThat(minPositions).isNotEmpty().allMatch(position -> position.equals("4711"));
    }

    @Test
    void aRefusalBreaksTheStoryOffInsteadOfHanging() throws Exception {
        refuseUploads = 422;
        try (DemoStory story = story()) {
            story.start();
            assertThat(story.await(Duration.ofSeconds(30))).isTrue();
            assertThat(story.state()).isEqualTo(DemoStory.State.BROKEN_OFF);
        }
    }

    @Test
    void closingItEndsTheTelling() throws Exception {
        DemoStory story = new DemoStory(settings(), new AppsChapter());
        story.start();
        story.close();
        assertThat(story.await(Duration.ofSeconds(10))).isTrue();
        assertThat(story.state()).isEqualTo(DemoStory.State.BROKEN_OFF);
    }

    private DemoStory story() {
        return new DemoStory(settings(), new AppsChapter(), QUICK);
    }

    private DemoSettings settings() {
        return new DemoSettings(
                URI.create("http://127.0.0.1:" + api.getAddress().getPort()),
                "admin-secret",
                12,
                new Tempo(Duration.ofSeconds(1), Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1)),
                Duration.ofMillis(1),
                Duration.ofSeconds(20));
    }

    /** The native API for the story; everything else is passed on to the fake update server. */
    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        if (path.startsWith("/DEFAULT/")) {
            devices.answer(exchange);
            return;
        }
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            asked.add(exchange.getRequestMethod() + " " + path);
            if ("*".equals(exchange.getRequestHeaders().getFirst("If-Match"))) {
                anyVersion.add(exchange.getRequestMethod() + " " + path);
            }
            String position = exchange.getRequestHeaders().getFirst("Muster-Min-Position");
            if (position != null) {
                minPositions.add(position);
            }
            if (position != null && lagging.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                FakeUpdateServer.send(exchange, 503, "{\"code\":\"kernel.not-caught-up\"}".getBytes());
                return;
            }
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Muster-Position", "4711");
            }
            if (!"Bearer admin-secret".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                FakeUpdateServer.send(exchange, 401, new byte[0]);
            } else if (path.contains(":upload") && refuseUploads > 0) {
                FakeUpdateServer.send(exchange, refuseUploads, "{}".getBytes());
            } else {
                FakeUpdateServer.send(
                        exchange, 200, body(exchange.getRequestMethod(), path).getBytes());
            }
        }
    }

    private String body(String method, String path) {
        if (path.endsWith("gateway-token")) {
            return "{\"token\":\"" + FakeUpdateServer.TOKEN + "\"}";
        }
        if (path.contains("summary")) {
            return "{\"devices\":" + devices.devices.size() + "}";
        }
        if (method.equals("POST") && path.endsWith("/rollouts")) {
            return "{\"id\":\"r" + rollouts.incrementAndGet() + "\"}";
        }
        if (path.endsWith("/start") || path.contains(":upload")) {
            return "{\"id\":\"x\"}";
        }
        if (path.startsWith("/api/v1/devices") || path.contains("/apps")) {
            return apps(method, path);
        }
        boolean running = asked.contains("POST " + path + "/start");
        return "{\"state\":\"" + (!running ? "ready" : path.endsWith("r1") ? "finished" : "paused") + "\"}";
    }

    /** Apps are on all devices as soon as somebody wants them there. */
    private String apps(String method, String path) {
        if (!method.equals("GET")) {
            return path.endsWith("/agent")
                    ? "{\"device_endpoint_url\":\"ws://elsewhere:8080/wamp\",\"swarm_key\":1,\"device_key\":3}"
                    : "{\"key\":7}";
        }
        if (path.endsWith("/apps")) {
            return "{\"items\":[{\"reported\":{\"state\":\"present\"}}]}";
        }
        int releases = Collections.frequency(asked, "POST /api/v1/apps/telemetry/releases");
        return devices.devices.keySet().stream()
                .sorted()
                .map(id -> "{\"id\":\"%s\",\"reported\":{\"state\":\"running\",\"version\":\"1.%d.0\"}}"
                        .formatted(id, releases - 1))
                .collect(Collectors.joining(",", "{\"items\":[", "]}"));
    }
}
