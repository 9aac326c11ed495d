package dev.muster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.server.TestServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** Contract §16.4: the target changes while a thousand agents poll. Each sees the old or the new one, whole. */
class PocChangeTest {

    private static final int AGENTS = 1_000;
    private static final int CHANGES = 4;
    private static final int VALUES = 200;
    private static final int CONNECTIONS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestServer server = TestServer.start("--muster.registries.trusted-networks=127.0.0.0/8");
    private final PocClient client = new PocClient(server.baseUrl() + "/registries");
    private final Semaphore connections = new Semaphore(CONNECTIONS);
    /** How many agents have seen a generation. */
    private final Map<Integer, AtomicInteger> seen = new ConcurrentHashMap<>();

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void everyAnswerIsOfOneWholeTarget() throws Exception {
        assertThat(client.setTarget(PocClient.generation(0, VALUES))).isEqualTo(200);
        List<Future<String>> agents = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AGENTS; i++) {
                agents.add(threads.submit(this::live));
            }
            for (int generation = 1; generation <= CHANGES; generation++) {
                seenByMany(generation - 1);
                assertThat(client.setTarget(PocClient.generation(generation, VALUES)))
                        .isEqualTo(200);
            }
            for (Future<String> agent : agents) {
                String uuid = agent.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (agents.indexOf(agent) % 50 == 0) {
                    assertThat(PocClient.generationOf(client.state(uuid), VALUES))
                            .isEqualTo(CHANGES);
                }
            }
        }
        assertThat(seen.get(CHANGES)).hasValue(AGENTS);
    }

    /** Not all: the change shall come while they poll. */
    private void seenByMany(int generation) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> seen.computeIfAbsent(generation, ignored -> new AtomicInteger())
                                .get()
                        > AGENTS / 3);
    }

    /** Polls with what it was told last, until that is the last target and the server agrees; answers its id. */
    private String live() throws InterruptedException {
        connections.acquire();
        String uuid;
        try {
            uuid = client.register();
        } finally {
            connections.release();
        }
        String config = "{}";
        int generation = -1;
        while (true) {
            HttpResponse<String> answer = polled(uuid, config);
            if (answer.statusCode() == 204) {
                if (generation == CHANGES) {
                    return uuid;
                }
                continue;
            }
            assertThat(answer.statusCode()).isEqualTo(200);
            config = JsonMapper.shared().readTree(answer.body()).path("config").toString();
            int told = PocClient.generationOf(config, VALUES);
            assertThat(told).as("what is over does not come back").isGreaterThan(generation);
            generation = told;
            seen.computeIfAbsent(generation, ignored -> new AtomicInteger()).incrementAndGet();
        }
    }

    private HttpResponse<String> polled(String uuid, String config) throws InterruptedException {
        connections.acquire();
        try {
            return client.poll(uuid, config);
        } finally {
            connections.release();
        }
    }
}
