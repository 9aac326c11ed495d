package dev.muster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.Muster;
import dev.muster.crash.Victim;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Contract §16.5 and §16.6 with SIGKILL: two writers on one databag while the server is killed again and again. What
 * was acknowledged is there after each start, and of what was under way there is all or nothing.
 */
@Tag("long")
class ConfigCrashTest {

    private static final int KILLS = 4;
    private static final int ACKNOWLEDGED_BETWEEN_KILLS = 50;
    private static final int LATER_MAX_MILLIS = 300;

    @TempDir
    Path dir;

    private Victim victim;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private volatile String token;
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Writer> writers = List.of(new Writer("one"), new Writer("two"));

    /** Numbers that only grow, each in two places of one put. */
    private static final class Writer {
        private final String name;
        private volatile long tried;
        private volatile long acknowledged;

        private Writer(String name) {
            this.name = name;
        }
    }

    @BeforeEach
    void aServerWithARegistry() throws Exception {
        victim = Victim.of(Muster.class, dir);
        victim.trainCache();
        victim.startAndAwaitReady();
        token = victim.adminToken();
        assertThat(send("POST", "/api/v1/registries", TwoWritersTest.COUNTERS).statusCode())
                .isEqualTo(201);
    }

    @AfterEach
    void end() throws InterruptedException {
        over.set(true);
        if (victim != null) {
            victim.stop();
        }
        http.shutdownNow();
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void onlyWholeValuesSurviveAndAllThatWereAcknowledged() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (Writer writer : writers) {
            Thread.ofPlatform().daemon().name("writer-" + writer.name).start(() -> write(writer));
        }
        for (int kill = 1; kill <= KILLS; kill++) {
            long[] wanted = writers.stream()
                    .mapToLong(each -> each.acknowledged + ACKNOWLEDGED_BETWEEN_KILLS)
                    .toArray();
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        for (int i = 0; i < wanted.length; i++) {
                            if (writers.get(i).acknowledged < wanted[i]) {
                                return false;
                            }
                        }
                        return true;
                    });
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LATER_MAX_MILLIS));
            victim.kill();
            // Nobody answers now, so what was acknowledged before the start stays so.
            long[] acknowledged =
                    writers.stream().mapToLong(each -> each.acknowledged).toArray();
            victim.startAndAwaitReady();
            token = victim.adminToken();
            check(acknowledged, "kill " + kill + ", seed " + seed);
        }
        System.out.printf(
                "seed %d: %d and %d writes acknowledged over %d kills%n",
                seed, writers.get(0).acknowledged, writers.get(1).acknowledged, KILLS);
    }

    private void check(long[] acknowledged, String when) throws Exception {
        HttpResponse<String> answer = send("GET", TwoWritersTest.BAG + "/values", null);
        assertThat(answer.statusCode()).as(when).isEqualTo(200);
        JsonNode values = JsonMapper.shared().readTree(answer.body()).path("values");
        for (int i = 0; i < acknowledged.length; i++) {
            Writer writer = writers.get(i);
            long stored = values.path(writer.name).asLong(0);
            assertThat(values.path(writer.name + "-copy").asLong(0))
                    .as("half a put, %s", when)
                    .isEqualTo(stored);
            assertThat(stored).as("lost, %s", when).isGreaterThanOrEqualTo(acknowledged[i]);
            assertThat(stored).as("invented, %s", when).isLessThanOrEqualTo(writer.tried);
        }
    }

    private void write(Writer writer) {
        for (long next = 1; !over.get(); next++) {
            writer.tried = next;
            String body = "{\"values\":{\"%s\":%d,\"%s-copy\":%d}}".formatted(writer.name, next, writer.name, next);
            while (!over.get() && !acknowledged(body)) {
                pause();
            }
            writer.acknowledged = next;
        }
    }

    /** What was written already is written again and changes nothing: so a retry needs no key. */
    private boolean acknowledged(String body) {
        try {
            return send("PATCH", TwoWritersTest.BAG + "/views/all", body).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(victim.uri() + path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
