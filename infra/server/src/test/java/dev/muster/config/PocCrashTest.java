package dev.muster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.crash.Victim;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Contract §16.5: the server is killed with SIGKILL between accepting a new target and answering, and started again.
 * The target is the old one or the new one, whole; one that was answered is not lost, nor is what agents have.
 */
@Tag("long")
class PocCrashTest {

    private static final Duration WAIT = Duration.ofSeconds(30);
    /** Some 100 KB of JSON, so that a write is more than one page. */
    private static final int VALUES = 20_000;

    private static final int KILLS = 2;

    @TempDir
    Path dir;

    private Path moments;
    private Victim victim;
    private PocClient client;

    @BeforeEach
    void start() throws Exception {
        moments = Files.createDirectory(dir.resolve("moments"));
        victim = Victim.of(
                StoppingMuster.class,
                dir,
                "--muster.registries.trusted-networks=127.0.0.0/8",
                "--" + StoppingMuster.MOMENTS + "=" + moments);
        victim.trainCache();
        victim.startAndAwaitReady();
        client = new PocClient(victim.uri() + "/registries");
    }

    @AfterEach
    void stop() throws Exception {
        if (client != null) {
            client.close();
        }
        if (victim != null) {
            victim.stop();
        }
    }

    private int generation() {
        return PocClient.generationOf(client.target(), VALUES);
    }

    /** Kills the server while it is at that moment of a change to a generation. */
    private void killedAt(String moment, int generation) throws Exception {
        Files.writeString(moments.resolve("stop"), moment);
        CompletableFuture<Integer> answer = client.sending(
                "PUT", "/target-config/", "{\"config\":" + PocClient.generation(generation, VALUES) + "}");
        await().atMost(WAIT).until(() -> Files.exists(moments.resolve("stopped")));
        assertThat(answer).isNotDone();
        victim.kill();
        assertThat(answer).failsWithin(WAIT);
        Files.delete(moments.resolve("stop"));
        Files.delete(moments.resolve("stopped"));
        victim.startAndAwaitReady();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void afterEveryDeathTheTargetIsWhole() throws Exception {
        assertThat(client.setTarget(PocClient.generation(1, VALUES))).isEqualTo(200);
        String uuid = client.register();
        assertThat(client.poll(uuid, PocClient.generation(1, VALUES)).statusCode())
                .isEqualTo(204);

        killedAt("before", 2);
        assertThat(generation()).as("the old one").isEqualTo(1);
        assertThat(PocClient.generationOf(client.state(uuid), VALUES)).isEqualTo(1);
        assertThat(client.poll(uuid, PocClient.generation(1, VALUES)).statusCode())
                .isEqualTo(204);

        killedAt("after", 3);
        assertThat(generation()).as("the new one").isEqualTo(3);
        assertThat(PocClient.generationOf(client.state(uuid), VALUES)).isEqualTo(1);
        assertThat(client.poll(uuid, PocClient.generation(1, VALUES)).statusCode())
                .isEqualTo(200);

        killedAtAnyMoment();
    }

    private void killedAtAnyMoment() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int next = 4;
        for (int kill = 0; kill < KILLS; kill++) {
            AtomicInteger tried = new AtomicInteger(next);
            AtomicInteger answered = new AtomicInteger(next - 1);
            Thread writer = Thread.ofPlatform().start(() -> {
                try {
                    while (client.setTarget(PocClient.generation(tried.get(), VALUES)) == 200) {
                        answered.set(tried.getAndIncrement());
                    }
                } catch (RuntimeException e) {
                    // The server was killed.
                }
            });
            int enough = next + 2;
            await().atMost(WAIT).until(() -> answered.get() >= enough);
            Thread.sleep(random.nextInt(200));
            victim.kill();
            writer.join(WAIT);
            assertThat(writer.isAlive()).isFalse();
            victim.startAndAwaitReady();
            assertThat(generation()).as("seed %d", seed).isBetween(answered.get(), tried.get());
            next = tried.get() + 1;
            assertThat(client.setTarget(PocClient.generation(next, VALUES))).isEqualTo(200);
            next++;
        }
    }
}
