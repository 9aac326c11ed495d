package dev.muster.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.lab.LabWorld.Answer;
import dev.muster.lab.command.LabSettings;
import dev.muster.testing.Changed;
import dev.muster.testing.Snmpd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Contract §11.2: a PoE switch that is a real SNMP agent, under the whole server. */
class PoeSwitchTest {

    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final int RETRIES = 1;
    /** Timeout × (retries + 1) + 1 s, as the contract has it. */
    private static final Duration SILENCE_MAX =
            TIMEOUT.multipliedBy(RETRIES + 1).plusSeconds(1);

    /** A name for the one address of the agent each: what is wrong with one switch is no trouble of another. */
    private static final List<String> WRONG = List.of(
            "wrongcommunity 127.0.0.1 version = 2c, community = wrong",
            "wrongauth localhost version = 3, user = labrw, auth_pass = not-the-pass, priv_pass = lab-priv-pass",
            "wrongpriv 127.1 version = 3, user = labrw, auth_pass = lab-auth-pass, priv_pass = not-the-pass",
            "stranger 127.0.1 version = 3, user = nobody, auth_pass = lab-auth-pass, priv_pass = lab-priv-pass");

    @TempDir
    static Path dir;

    private static Snmpd snmpd;
    private static Snmpd other;
    private static LabWorld world;

    @BeforeAll
    static void start() throws Exception {
        snmpd = new Snmpd(Files.createDirectory(dir.resolve("one")));
        other = new Snmpd(Files.createDirectory(dir.resolve("other")));
        StringBuilder switches = new StringBuilder();
        StringBuilder boards = new StringBuilder();
        lend(switches, boards, snmpd, "v2c 127.0.0.1 version = 2c, community = private, read_community = public", 1);
        lend(
                switches,
                boards,
                snmpd,
                "v3 127.0.0.1 version = 3, user = labrw, auth = SHA, auth_pass = lab-auth-pass, "
                        + "priv = AES, priv_pass = lab-priv-pass",
                2);
        lend(
                switches,
                boards,
                snmpd,
                "v3strong 127.0.0.1 version = 3, user = lab256, auth = SHA-256, auth_pass = lab-auth-256, "
                        + "priv = AES-256, priv_pass = lab-priv-256",
                3);
        lend(switches, boards, snmpd, "readonly 127.0.0.1 version = 2c, community = public", 4);
        for (int i = 0; i < WRONG.size(); i++) {
            lend(switches, boards, other, WRONG.get(i), i + 1);
        }
        world = LabWorld.startWith(
                Map.of("labSettings", Changed.copy(LabSettings.DEFAULTS, "rereadEvery", Duration.ofSeconds(1))),
                "switches {\n" + switches + "}\n" + boards);
    }

    /** A switch {@code name address parameters} with a board of a class of its own. */
    private static void lend(StringBuilder switches, StringBuilder boards, Snmpd agent, String line, int port) {
        String[] parts = line.split(" ", 3);
        switches.append("%s { address = \"%s\", udp_port = %d, timeout = %dms, retries = %d, cycle_delay = 1s, %s }\n"
                .formatted(parts[0], parts[1], agent.port(), TIMEOUT.toMillis(), RETRIES, parts[2]));
        boards.append(("classes { %1$s-class { arch = armv7 } }\nboards { name = %1$s-1, brdclass = %1$s-class, "
                        + "options = [ { cls = snmppower, host = %1$s, port = %2$d } ] }\n")
                .formatted(parts[0], port));
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
        for (Snmpd agent : new Snmpd[] {snmpd, other}) {
            if (agent != null) {
                agent.close();
            }
        }
    }

    private static Answer post(String board, String what, Object body) {
        return world.bitelab("POST", "/board/" + board + "/" + what, body, world.ann);
    }

    private static JsonNode power(JsonNode board) {
        return board.path("attrs").path("power");
    }

    @ParameterizedTest
    @CsvSource({"v2c, 1", "v3, 2", "v3strong, 3"})
    void aBoardOfAClassIsReservedSwitchedAndReleased(String name, int port) {
        world.await(name + "-1", board -> power(board).isBoolean());
        assertThat(power(world.board(name + "-1")).asBoolean())
                .as("a fresh switch")
                .isTrue();

        Answer reserved =
                post(name + "-class", "reserve", Map.of("power", "off")).expect(200);
        assertThat(reserved.json().path("name").asString()).isEqualTo(name + "-1");
        assertThat(snmpd.column3(port)).isEqualTo(2);
        assertThat(power(reserved.json()).asBoolean(true)).isFalse();

        assertThat(power(post(name + "-1", "power/on", null).expect(200).json()).asBoolean())
                .isTrue();
        assertThat(snmpd.column3(port)).isEqualTo(1);
        assertThat(power(post(name + "-1", "attrs", Map.of("power", false))
                                .expect(200)
                                .json())
                        .asBoolean(true))
                .isFalse();
        assertThat(snmpd.column3(port)).isEqualTo(2);
        assertThat(power(post(name + "-1", "power/cycle", null).expect(200).json())
                        .asBoolean())
                .isTrue();
        assertThat(snmpd.column3(port)).isEqualTo(1);

        Answer released = post(name + "-1", "release", null).expect(200);
        assertThat(released.json().path("state").asString()).isEqualTo("free");
        assertThat(power(released.json()).asBoolean(true)).isFalse();
        assertThat(snmpd.column3(port)).isEqualTo(2);

        Answer on = post(name + "-class", "reserve", Map.of("power", "on")).expect(200);
        assertThat(power(on.json()).asBoolean()).isTrue();
        assertThat(snmpd.column3(port)).isEqualTo(1);
        post(name + "-1", "release", null).expect(200);
        assertThat(snmpd.column3(port)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"wrongcommunity", "wrongauth", "wrongpriv"})
    void aSwitchThatDoesNotTakeTheCredentialsIsSilent(String name) {
        String board = name + "-1";
        world.await(board, it -> it.path("degraded").asString("").contains("did not answer"));
        Answer reserved = post(board, "reserve", Map.of("power", "keep")).expect(200);
        assertThat(power(reserved.json()).isNull()).isTrue();
        long began = System.nanoTime();

        Answer answer = post(board, "power/on", null);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SILENCE_MAX);
        assertThat(answer.status()).as(answer.text()).isEqualTo(504);
        assertThat(answer.code()).isEqualTo("power-timeout");
        JsonNode now = world.board(board);
        assertThat(now.path("state").asString()).isEqualTo("reserved");
        assertThat(power(now).isNull()).isTrue();
        assertThat(answer.text() + now).doesNotContain("not-the-pass", "lab-auth-pass", "lab-priv-pass");
    }

    /** Never silently free with the power on: what cannot be turned off is out of service. */
    @Test
    void aBoardThatCannotBeSwitchedCanBeNeitherMadeReadyNorGivenBack() {
        world.await("stranger-1", it -> it.path("degraded").asString("").contains("does not know the user"));

        Answer answer = post("stranger-1", "reserve", Map.of("power", "on"));

        assertThat(answer.expect(502).code()).isEqualTo("power-auth");
        world.awaitState("stranger-1", "faulty");
        assertThat(post("stranger-1", "reserve", Map.of()).expect(503).code()).isEqualTo("maintenance");

        assertThat(post("readonly-1", "reserve", Map.of())
                        .expect(200)
                        .json()
                        .path("attrs")
                        .path("power")
                        .asBoolean())
                .as("it may be read")
                .isTrue();
        assertThat(post("readonly-1", "power/off", null).expect(502).code()).isEqualTo("power-denied");
        Answer release = post("readonly-1", "release", null);
        assertThat(release.expect(500).code()).isEqualTo("release-failed");
        JsonNode faulty = world.board("readonly-1");
        assertThat(faulty.path("state").asString()).isEqualTo("faulty");
        assertThat(snmpd.column3(4)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"v2c, 1", "v3, 2"})
    void anAgentThatDiesInTheMiddleLeavesTheBoardReservedAndItsPowerUnknownUntilItIsBack(String name, int port)
            throws Exception {
        String board = name + "-1";
        post(board, "reserve", Map.of("power", "on")).expect(200);
        assertThat(snmpd.column3(port)).isEqualTo(1);
        CompletableFuture<Answer> cycle = CompletableFuture.supplyAsync(() -> post(board, "power/cycle", null));
        await().pollInterval(Duration.ofMillis(10)).until(() -> snmpd.column3(port) == 2);

        snmpd.kill();

        try {
            Answer answer = cycle.join();
            assertThat(answer.status()).as(answer.text()).isEqualTo(504);
            JsonNode now = world.board(board);
            assertThat(now.path("state").asString()).isEqualTo("reserved");
            assertThat(power(now).isNull()).isTrue();
            assertThat(world.await(board, it -> it.has("degraded"))
                            .path("reservation")
                            .path("user")
                            .asString())
                    .isEqualTo("ann");
        } finally {
            snmpd.start();
        }
        JsonNode back = world.await(board, it -> power(it).isBoolean());
        assertThat(power(back).asBoolean()).as("the middle of the cycle").isFalse();
        world.await(board, it -> !it.has("degraded"));
        assertThat(power(post(board, "power/on", null).expect(200).json()).asBoolean())
                .isTrue();
        post(board, "release", null).expect(200);
        assertThat(snmpd.column3(port)).isEqualTo(2);
    }
}
