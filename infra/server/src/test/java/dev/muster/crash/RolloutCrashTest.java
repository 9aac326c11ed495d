package dev.muster.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.Muster;
import dev.muster.crash.StubbornFleet.Fate;
import dev.muster.updates.simulator.OperatorWire;
import dev.muster.updates.simulator.WireFault;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A rollout over 10 000 devices, some of which fail once or for good, on a server that is killed with SIGKILL ten times
 * while it runs: it ends exactly as its twin does, whose server lives. Compared is what the API tells, but for times,
 * ids of the rollout and numbers of actions, which are other ones in each run.
 */
@Tag("long")
class RolloutCrashTest {

    private static final int KILLS = 10;
    /** Every other kill comes when the server has hardly come to, in the middle of what it takes up again. */
    private static final int SOON_MAX_MILLIS = 300;

    private static final int LATER_MAX_MILLIS = 1_200;
    /** The others come when so many of these parts of the fleet are done: 1, 3, … 9, in each of the groups. */
    private static final int KILL_PARTS = 14;

    private static final int LINES_PER_REQUEST = 2_000;
    /** Slices of 1000 in two seconds, so that offers go on nearly all the time. */
    private static final int PER_MINUTE = 30_000;

    private static final String VERSION = "2.0.0";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path dir;

    private Victim victim;
    private StubbornFleet fleet;

    /**
     * How a rollout ended.
     *
     * @param rollout its state, causes, and counters of each group, a line each
     * @param reasons why devices failed, a line each, sorted
     * @param members how each member stands, in the order they were offered it
     * @param installed version by device
     */
    private record End(
            List<String> rollout, List<String> reasons, List<String> members, Map<String, String> installed) {}

    @AfterEach
    void endProcesses() throws InterruptedException {
        if (fleet != null) {
            fleet.close();
        }
        if (victim != null) {
            victim.stop();
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aRolloutEndsAsItsTwinThoughTheServerIsKilledTenTimes() throws Exception {
        long seed = System.nanoTime();
        End twin = end("twin", () -> {});
        itIsAsTheDevicesSay(twin);

        Random random = new Random(seed);
        End killed = end("killed", () -> {
            for (int kill = 1; kill <= KILLS; kill++) {
                boolean soon = kill % 2 == 0;
                if (!soon) {
                    awaitDone(StubbornFleet.DEVICES * kill / KILL_PARTS);
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(soon ? SOON_MAX_MILLIS : LATER_MAX_MILLIS));
                assertThat(fleet.done())
                        .as("devices that were done before kill %d, seed %d", kill, seed)
                        .isLessThan(StubbornFleet.DEVICES);
                victim.kill();
                victim.startAndAwaitReady();
            }
        });

        assertThat(killed.rollout()).as("rollout, seed %d", seed).isEqualTo(twin.rollout());
        assertThat(killed.reasons()).as("reasons, seed %d", seed).isEqualTo(twin.reasons());
        assertThat(killed.members()).as("members, seed %d", seed).isEqualTo(twin.members());
        assertThat(killed.installed()).as("installed, seed %d", seed).isEqualTo(twin.installed());
    }

    /** What happens between a rollout's start and its end. */
    private interface Meanwhile {
        void happens() throws Exception;
    }

    /** One whole run on a server and a fleet of its own. */
    private End end(String name, Meanwhile meanwhile) throws Exception {
        victim = Victim.of(Muster.class, Files.createDirectory(dir.resolve(name)));
        victim.trainCache();
        victim.startAndAwaitReady();
        String rollout;
        try (OperatorWire operator = new OperatorWire(victim.uri(), victim.adminToken())) {
            String gateway = operator.put("/api/v1/settings/updates/gateway-token", Map.of())
                    .path("token")
                    .asString();
            register(operator);
            rollout = planned(operator);
            fleet = new StubbornFleet(victim.uri(), gateway);
            fleet.start();
            operator.post(rollout + "/start", Map.of());
        }
        meanwhile.happens();
        awaitDone(StubbornFleet.DEVICES);
        End end;
        try (OperatorWire operator = new OperatorWire(victim.uri(), victim.adminToken())) {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> assertThat(
                            operator.get(rollout).path("state").asString())
                    .isEqualTo("finished"));
            end = told(operator, rollout);
        }
        assertThat(fleet.stillAsked())
                .as("devices that are still shown an update")
                .isEmpty();
        assertThat(fleet.refusals()).as("what the server refused").isEmpty();
        for (int number = 0; number < StubbornFleet.DEVICES; number++) {
            assertThat(fleet.tries(number))
                    .as("installations of %s", StubbornFleet.id(number))
                    .isEqualTo(StubbornFleet.fate(number).tries());
        }
        fleet.close();
        victim.stop();
        return end;
    }

    private void awaitDone(int devices) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> fleet.done() >= devices);
    }

    private static void register(OperatorWire operator) throws WireFault, InterruptedException {
        for (int from = 0; from < StubbornFleet.DEVICES; from += LINES_PER_REQUEST) {
            StringBuilder lines = new StringBuilder();
            for (int number = from; number < from + LINES_PER_REQUEST; number++) {
                lines.append("{\"id\":\"%s\"}\n".formatted(StubbornFleet.id(number)));
            }
            assertThat(operator.lines("/api/v1/devices:bulk", lines.toString())).doesNotContain("\"refused\"");
        }
    }

    /** A rollout that is ready; answers its path. */
    private static String planned(OperatorWire operator) throws WireFault, InterruptedException {
        String sha256 = operator.upload(
                        "/api/v1/artifacts?filename=image.bin", "an image".getBytes(StandardCharsets.UTF_8))
                .path("sha256")
                .asString();
        Map<String, ?> file = Map.of("sha256", sha256, "fileName", "image.bin");
        Map<String, ?> module = Map.of("type", "os", "name", "twin-os", "version", VERSION, "artifacts", List.of(file));
        String release = operator.post(
                        "/api/v1/releases", Map.of("name", "twin-os", "version", VERSION, "modules", List.of(module)))
                .path("id")
                .asString();
        JsonNode created = operator.post(
                "/api/v1/rollouts",
                Map.of(
                        "name",
                        "Twin",
                        "releaseId",
                        release,
                        "filter",
                        "id==twin-*",
                        "groups",
                        List.of(group("Canaries", 10), group("Some", 30), group("Everybody else", 60)),
                        "rate",
                        Map.of("perMinute", PER_MINUTE),
                        "retry",
                        Map.of("times", StubbornFleet.TRIES - 1, "after", "PT1S", "factor", 1)));
        String path = "/api/v1/rollouts/" + created.path("id").asString();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(operator.get(path).path("state").asString()).isEqualTo("ready"));
        return path;
    }

    private static Map<String, ?> group(String name, int percent) {
        return Map.of("name", name, "percent", percent, "successPercent", 80, "errorPercent", 20);
    }

    /** As soon as the fleet's index and the actions' views are as new as the rollout's own. */
    private static End told(OperatorWire operator, String path) {
        End[] told = new End[1];
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            End end = read(operator, path);
            assertThat(end.members()).hasSize(StubbornFleet.DEVICES).noneMatch(member -> member.contains(" running "));
            assertThat(end.installed()).hasSize((int) count(fate -> fate.succeeds(StubbornFleet.TRIES)));
            told[0] = end;
        });
        return told[0];
    }

    private static End read(OperatorWire operator, String path) throws WireFault, InterruptedException {
        JsonNode view = operator.get(path);
        List<String> rollout = new ArrayList<>();
        for (String field : List.of("state", "pauseCause", "stopCause", "incompatible", "open")) {
            rollout.add(field + " " + view.path(field));
        }
        view.path("groups").forEach(group -> rollout.add(group.toString()));
        List<String> reasons = new ArrayList<>();
        view.path("reasons")
                .forEach(reason -> reasons.add(reason.path("count") + " × " + reason.path("message") + " "
                        + reason.path("code") + " " + reason.path("key")));
        List<String> members = new ArrayList<>();
        each(
                operator,
                path + "/devices",
                member -> members.add("%s group %d %s %s try %d: %s %s"
                        .formatted(
                                member.path("id").asString(),
                                member.path("group").asInt(),
                                member.path("status").asString(),
                                member.path("actionStatus").asString(""),
                                member.path("attempt").asInt(1),
                                member.path("message").asString(""),
                                member.path("reason").asString(""))));
        Map<String, String> installed = new TreeMap<>();
        each(operator, "/api/v1/devices", device -> {
            String version = device.path("installed").path("version").asString("");
            if (!version.isEmpty()) {
                installed.put(device.path("id").asString(), version);
            }
        });
        return new End(rollout, reasons.stream().sorted().toList(), members, installed);
    }

    private static void each(OperatorWire operator, String path, Consumer<JsonNode> each)
            throws WireFault, InterruptedException {
        String after = "";
        do {
            JsonNode page = operator.get(path + "?limit=1000" + after);
            page.path("items").forEach(each);
            String next = page.path("next").asString("");
            after = next.isEmpty() ? "" : "&after=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        } while (!after.isEmpty());
    }

    /** Equal twins could both be wrong. */
    private static void itIsAsTheDevicesSay(End end) {
        long failed = count(fate -> !fate.succeeds(StubbornFleet.TRIES));
        assertThat(end.members().stream().filter(member -> member.contains(" failed ")))
                .hasSize((int) failed);
        assertThat(end.reasons()).hasSize(2);
        assertThat(end.reasons()).allMatch(reason -> reason.startsWith(failed / 2 + " × "));
        assertThat(end.installed()).hasSize((int) (StubbornFleet.DEVICES - failed));
        assertThat(end.installed().values()).containsOnly(VERSION);
        assertThat(end.members().stream().filter(member -> member.contains(" try 2:")))
                .hasSize((int) count(fate -> fate.tries() == StubbornFleet.TRIES));
    }

    private static long count(Predicate<Fate> wanted) {
        return IntStream.range(0, StubbornFleet.DEVICES)
                .mapToObj(StubbornFleet::fate)
                .filter(wanted)
                .count();
    }
}
