package dev.muster.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.Muster;
import dev.muster.updates.simulator.OperatorWire;
import dev.muster.updates.simulator.WireFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The real server under load is killed with SIGKILL at random moments and started again. A witness in a process of its
 * own repeats every write whose outcome it does not know, with the same key, and keeps a ledger of what was
 * acknowledged. At the end each acknowledged write must be there once. The same procedure must catch a server whose
 * store acknowledges before it writes; otherwise it would prove nothing.
 */
@Tag("long")
class CrashTest {

    private static final List<String> SCOPES =
            List.of("devices-read", "devices-write", "rollouts-write", "rollouts-operate");
    private static final int KILLS = 25;
    private static final int KILLS_OF_THE_FORGETFUL = 8;
    private static final int ACKNOWLEDGED_BETWEEN_KILLS = 40;
    private static final int LATER_MAX_MILLIS = 700;

    @TempDir
    Path dir;

    private Process witness;
    private Victim victim;

    @AfterEach
    void endProcesses() throws InterruptedException {
        if (witness != null) {
            witness.destroyForcibly();
        }
        if (victim != null) {
            victim.stop();
        }
    }

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void everyAcknowledgedWriteIsThereOnceAfterTwentyFiveKills() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        begin(Muster.class, true);
        for (int kill = 1; kill <= KILLS; kill++) {
            killUnderLoad(random);
            victim.startAndAwaitReady();
        }
        letTheWitnessFinish();
        Set<String> shown = devicesByTheApi();
        victim.stop();
        Verdict verdict = Verdict.of(ledger(), victim.data(), dir.resolve("export.ndjson"));
        System.out.printf(
                "seed %d: %d writes acknowledged, %d events, %d kills, %d lost, %d doubled%n",
                seed,
                verdict.acknowledged(),
                verdict.events(),
                KILLS,
                verdict.lost().size(),
                verdict.doubled().size());
        assertThat(verdict.lost()).as("lost, seed %d", seed).isEmpty();
        assertThat(verdict.doubled()).as("doubled, seed %d", seed).isEmpty();
        assertThat(verdict.acknowledged()).isGreaterThan(KILLS * ACKNOWLEDGED_BETWEEN_KILLS);
        assertThat(shown)
                .as("registered devices the API shows")
                .containsAll(Ledger.read(ledger()).stream()
                        .filter(deed -> deed.acknowledged() && deed.what() == Deed.What.DEVICE)
                        .map(Deed::name)
                        .toList());
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aServerThatAcknowledgesBeforeItWritesIsCaught() throws Exception {
        Random random = new Random(1);
        begin(ForgetfulMuster.class, false);
        int lost = 0;
        for (int kill = 1; kill <= KILLS_OF_THE_FORGETFUL && lost == 0; kill++) {
            killUnderLoad(random);
            lost = Verdict.of(ledger(), victim.data(), dir.resolve("export.ndjson"))
                    .lost()
                    .size();
            if (lost == 0) {
                victim.startAndAwaitReady();
            }
        }
        assertThat(lost).isPositive();
    }

    /** Starts the server on empty data, prepares what the witness needs, and starts the witness. */
    private void begin(Class<?> main, boolean cached) throws Exception {
        victim = Victim.of(main, dir);
        if (cached) {
            victim.trainCache();
        }
        victim.startAndAwaitReady();
        String release;
        String gateway;
        try (OperatorWire operator = new OperatorWire(victim.uri(), victim.adminToken())) {
            // A token of its own: the one in the file is replaced at each start.
            JsonNode token = patiently(() ->
                    operator.post("/api/v1/tokens", Map.of("name", "witness", "scopes", SCOPES, "expiresIn", "P1D")));
            Files.writeString(dir.resolve("witness-token"), token.path("token").asString());
            gateway = patiently(() -> operator.put("/api/v1/settings/updates/gateway-token", Map.of()))
                    .path("token")
                    .asString();
            release = release(operator);
        }
        witness = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Witness.class.getName(),
                        victim.uri().toString(),
                        dir.resolve("witness-token").toString(),
                        gateway,
                        release,
                        ledger().toString(),
                        dir.resolve("stop").toString(),
                        String.valueOf(main == ForgetfulMuster.class))
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("witness.log").toFile())
                .start();
    }

    private static String release(OperatorWire operator) {
        JsonNode artifact = patiently(() ->
                operator.upload("/api/v1/artifacts?filename=image.bin", "an image".getBytes(StandardCharsets.UTF_8)));
        Map<String, ?> file = Map.of("sha256", artifact.path("sha256").asString(), "fileName", "image.bin");
        Map<String, ?> module = Map.of("type", "os", "name", "crash-os", "version", "1", "artifacts", List.of(file));
        return patiently(() -> operator.post(
                        "/api/v1/releases", Map.of("name", "crash-os", "version", "1", "modules", List.of(module))))
                .path("id")
                .asString();
    }

    /** The forgetful server acknowledges what it does not know yet itself; it gets some time to come to. */
    private static JsonNode patiently(Callable<JsonNode> step) {
        AtomicReference<JsonNode> answer = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> answer.set(succeeding(step)));
        return answer.get();
    }

    private static JsonNode succeeding(Callable<JsonNode> step) throws Exception {
        try {
            return step.call();
        } catch (WireFault e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** Waits until some more writes are acknowledged, and then a random moment longer. */
    private void killUnderLoad(Random random) throws Exception {
        long wanted = acknowledged() + ACKNOWLEDGED_BETWEEN_KILLS;
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    assertThat(witness.isAlive()).as(this::witnessLog).isTrue();
                    return acknowledged() >= wanted;
                });
        assertThat(witness.waitFor(random.nextInt(LATER_MAX_MILLIS), TimeUnit.MILLISECONDS))
                .as(this::witnessLog)
                .isFalse();
        victim.kill();
    }

    private void letTheWitnessFinish() throws Exception {
        Files.createFile(dir.resolve("stop"));
        assertThat(witness.waitFor(60, TimeUnit.SECONDS)).as("the witness ends").isTrue();
        assertThat(witness.exitValue()).as(this::witnessLog).isZero();
    }

    private Set<String> devicesByTheApi() throws Exception {
        Set<String> ids = new HashSet<>();
        try (OperatorWire operator = new OperatorWire(victim.uri(), victim.adminToken())) {
            String next = "";
            do {
                JsonNode page = operator.get("/api/v1/devices?limit=1000" + next);
                page.path("items").forEach(device -> ids.add(device.path("id").asString()));
                next = page.path("next").isString()
                        ? "&after=" + page.path("next").asString()
                        : "";
            } while (!next.isEmpty());
        }
        return ids;
    }

    private long acknowledged() throws IOException {
        return Ledger.read(ledger()).stream().filter(Deed::acknowledged).count();
    }

    private Path ledger() {
        return dir.resolve("ledger.txt");
    }

    private String witnessLog() {
        try {
            return Files.readString(dir.resolve("witness.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
