package dev.muster.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.LabWorld.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Contract §11.4: every outcome of the setup script, on reserve and on release (§6, §9). Each test has boards of its own. */
class SetupScriptTest {

    private static final Duration SCRIPT_MAX = Duration.ofSeconds(2);
    private static final List<String> BOARDS = List.of(
            "good",
            "talks",
            "first",
            "second",
            "r65",
            "r75",
            "r1",
            "rkill",
            "rlong",
            "rgarbage",
            "rlist",
            "l65",
            "l75",
            "l1",
            "lkill",
            "llong",
            "lgarbage",
            "both");

    @TempDir
    static Path dir;

    private static LabScript script;
    private static LabWorld world;

    @BeforeAll
    static void start() {
        script = new LabScript(dir.resolve("lab"));
        StringBuilder text = new StringBuilder("setup_script = " + script.path() + "\n");
        text.append("classes { alone { arch = armv7 } pair { arch = arm64-aarch64 } }\n");
        for (int i = 0; i < BOARDS.size(); i++) {
            boolean paired = BOARDS.get(i).equals("first") || BOARDS.get(i).equals("second");
            text.append(("boards { name = %s, brdclass = %s, options = [ { cls = etheriface, val = lan%d }, "
                            + "{ cls = snmppower, host = pdu, port = %d, profile = fake, community = hush } ] }\n")
                    .formatted(BOARDS.get(i), paired ? "pair" : "alone", i, i));
        }
        world = LabWorld.start(
                text.toString(),
                "--muster.lab.script-reserve-max=" + SCRIPT_MAX,
                "--muster.lab.script-release-max=" + SCRIPT_MAX);
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static Answer reserve(String name, Map<String, Object> body) {
        return world.bitelab("POST", "/board/" + name + "/reserve", body, world.ann);
    }

    private static Answer release(String name) {
        return world.bitelab("POST", "/board/" + name + "/release", null, world.ann);
    }

    private static Power outlet(String board) {
        return world.fakes().power("pdu", String.valueOf(BOARDS.indexOf(board)));
    }

    @Test
    void aScriptThatEndsWellIsToldEverythingAndItsAnswerCounts() {
        script.answers("""
                {"attrs":{"ip":"192.0.2.7","power":"a lie"},"exec":["/usr/bin/env"],"state":{"jail":7},"extra":[1]}""");
        Answer reserved = reserve(
                        "good", Map.of("sshpubkey", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI ann@x", "power", "on"))
                .expect(200);

        assertThat(reserved.json().path("state").asString()).isEqualTo("reserved");
        assertThat(reserved.json().path("attrs").path("ip").asString()).isEqualTo("192.0.2.7");
        assertThat(reserved.json().path("attrs").path("power").asBoolean())
                .as("what is known better")
                .isTrue();
        JsonNode told = script.told("reserve", "good");
        assertThat(told.path("version").asInt()).isEqualTo(1);
        assertThat(told.path("user").asString()).isEqualTo("ann");
        assertThat(told.path("sshpubkeys").get(0).asString()).startsWith("ssh-ed25519 ");
        assertThat(told.path("reservation").asString())
                .isEqualTo(reserved.json().path("reservation").path("id").asString());
        assertThat(told.path("board").path("class").path("arch").asString()).isEqualTo("armv7");
        assertThat(told.path("board").path("options").get(0).toString())
                .isEqualTo("{\"cls\":\"etheriface\",\"val\":\"lan0\"}");
        assertThat(told.toString()).doesNotContain("hush").doesNotContain("community");
        assertThat(script.environment("reserve", "good"))
                .contains("BITELAB_ACTION=reserve", "BITELAB_BOARD=good", "BITELAB_CLASS=alone", "BITELAB_USER=ann")
                .allMatch(each -> each.matches("(PATH|LANG|PWD|OLDPWD|SHLVL|_|BITELAB_\\w+)=.*"));

        release("good").expect(200);

        JsonNode state = script.told("release", "good").path("state");
        assertThat(state.propertyNames()).containsExactlyInAnyOrder("jail", "extra");
        assertThat(state.path("jail").asInt()).isEqualTo(7);
        assertThat(state.path("extra").get(0).asInt()).isEqualTo(1);
        assertThat(script.calls("release", "good")).isEqualTo(1);
        assertThat(outlet("good")).isEqualTo(Power.OFF);
        script.answers("");
    }

    /** Contract §6: standard error is stored with the audit entry, shown to administrators, its last line to the user. */
    @Test
    void whatTheScriptSaidIsKeptForAdministrators() {
        script.does("reserve", "talks", "echo one >&2; echo zwö >&2; exit 1");
        Instant before = Instant.now();
        assertThat(reserve("talks", Map.of()).expect(500).json().path("error").asString())
                .isEqualTo("zwö");
        world.awaitState("talks", "free");
        script.does("reserve", "talks", "");

        JsonNode run = null;
        for (JsonNode each : world.bitelab("GET", "/audit?board=talks&since=" + before, null, world.boss)
                .expect(200)
                .json()
                .path("items")) {
            run = each.path("action").asString().equals("script-reserve") ? each : run;
        }
        assertThat(run).isNotNull();
        assertThat(run.path("outcome").asString()).isEqualTo("failed");
        assertThat(run.path("code").asString()).isEqualTo("failed");
        assertThat(run.path("holder").asString()).isEqualTo("ann");
        assertThat(run.path("duration").isNumber()).isTrue();
        String output = run.path("output").asString();
        Answer said = world.send("GET", output, null, world.boss).expect(200);
        assertThat(said.text()).isEqualTo("one\nzwö");
        assertThat(said.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
        assertThat(said.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(said.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(it -> assertThat(it).contains("no-store"));

        assertThat(world.bitelab("GET", "/audit?board=talks", null, world.ann)
                        .expect(200)
                        .text())
                .contains("script-reserve")
                .doesNotContain("output");
        String digest = output.substring(output.lastIndexOf('/') + 1);
        assertThat(world.send("GET", output, null, world.ann).status()).isEqualTo(403);
        assertThat(world.send("GET", output, null, null).status()).isEqualTo(401);
        // Who may read the files of releases, as everybody may, does not read it with them.
        assertThat(world.server.send("GET", "/api/v1/artifacts/" + digest, null).statusCode())
                .isEqualTo(404);
    }

    @Test
    void onlyWordsOfScriptsAreReadAsSuch() {
        Answer unknown = world.api("GET", "/lab/script-output/" + "ab".repeat(32), null, world.boss)
                .expect(404);
        assertThat(unknown.code()).isEqualTo("lab.no-such-output");
        for (String bad : List.of("xyz", "AB".repeat(32), "ab".repeat(33))) {
            assertThat(world.api("GET", "/lab/script-output/" + bad, null, world.boss)
                            .expect(400)
                            .code())
                    .isEqualTo("kernel.invalid-request");
        }
        String file = world.server
                .ok("POST", "/api/v1/artifacts?filename=a.txt", "no words", "Content-Type", "application/octet-stream")
                .path("sha256")
                .asString();
        assertThat(world.server.send("GET", "/api/v1/artifacts/" + file, null).statusCode())
                .isEqualTo(200);
        assertThat(world.api("GET", "/lab/script-output/" + file, null, world.boss)
                        .expect(404)
                        .code())
                .isEqualTo("lab.no-such-output");
    }

    static Stream<Arguments> badEndsOfReserve() {
        return Stream.of(
                Arguments.of(
                        "r65", "echo no such key >&2; exit 65", 400, "unacceptable", "no such key", "unacceptable"),
                Arguments.of(
                        "r75",
                        "echo come back later >&2; exit 75",
                        500,
                        "setup-failed",
                        "come back later",
                        "temporary"),
                Arguments.of(
                        "r1",
                        "echo first >&2; echo the jail is gone >&2; exit 1",
                        500,
                        "setup-failed",
                        "the jail is gone",
                        "failed"),
                Arguments.of("rkill", "kill -9 $$", 500, "setup-failed", "KILL", "failed"),
                Arguments.of("rlong", "sleep 30", 500, "setup-failed", "2 s", "timed-out"),
                Arguments.of("rgarbage", "echo '{\"attrs\":'; exit 0", 500, "setup-failed", "answer", "failed"),
                Arguments.of("rlist", "echo '[1]'; exit 0", 500, "setup-failed", "answer", "failed"));
    }

    /** Runs of the script for a board so far, oldest first: {@code script-reserve} and its code, or {@code done}. */
    private static List<String> runs(String board) {
        List<String> runs = new ArrayList<>();
        for (JsonNode each : world.bitelab("GET", "/audit?board=" + board, null, world.boss)
                .expect(200)
                .json()
                .path("items")) {
            if (each.path("action").asString().startsWith("script-")) {
                runs.addFirst(each.path("action").asString() + " "
                        + each.path("code").asString(each.path("outcome").asString()));
            }
        }
        return runs;
    }

    /** The board is free again after the release script has cleaned up, and whoever wanted it is told why. */
    @ParameterizedTest
    @MethodSource("badEndsOfReserve")
    void aScriptThatEndsBadlyOnReserveLeavesTheBoardFreeAndClean(
            String board, String shell, int status, String code, String said, String ran) {
        script.does("reserve", board, shell);

        Answer answer = reserve(board, Map.of("power", "on"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("error").asString()).contains(said);
        world.awaitState(board, "free");
        assertThat(script.calls("release", board)).isEqualTo(1);
        assertThat(runs(board)).containsExactly("script-reserve " + ran, "script-release done");
        assertThat(script.told("release", board).path("reservation").asString()).isNotEmpty();
        assertThat(outlet(board)).isEqualTo(Power.OFF);
        script.does("reserve", board, "");
        reserve(board, Map.of()).expect(200);
        release(board).expect(200);
    }

    @Test
    void whoWantsAnyOfAClassGetsTheNextWhenOneCannotBeMadeReady() {
        script.does("reserve", "first", "exit 75");
        script.does("reserve", "second", "exit 75");
        assertThat(reserve("pair", Map.of()).code()).isEqualTo("setup-failed");
        assertThat(script.calls("reserve", "first")).isEqualTo(1);
        assertThat(script.calls("reserve", "second")).isEqualTo(1);
        world.awaitState("first", "free");
        world.awaitState("second", "free");

        script.does("reserve", "second", "");
        Answer answer = reserve("pair", Map.of());

        assertThat(answer.expect(200).json().path("name").asString()).isEqualTo("second");
        release("second").expect(200);
    }

    /** The board is out of service, and comes back by itself when the script has come to its senses. */
    @Test
    void aScriptThatEndsBadlyOnReleaseMakesTheBoardFaultyUntilItWasCleanedUp() {
        Map<String, String> ends = Map.of(
                "l65", "exit 65",
                "l75", "exit 75",
                "l1", "echo the jail does not go >&2; exit 1",
                "lkill", "kill -9 $$",
                "llong", "sleep 30",
                "lgarbage", "echo '{\"attrs\":'; exit 0");
        ends.forEach((board, shell) -> {
            reserve(board, Map.of("power", "on")).expect(200);
            script.does("release", board, shell);

            Answer answer = release(board);

            // It is tried again in five seconds.
            script.does("release", board, "");
            assertThat(answer.status()).as(board + " " + answer.text()).isEqualTo(500);
            assertThat(answer.code()).isEqualTo("release-failed");
            JsonNode faulty = world.board(board);
            assertThat(faulty.path("state").asString()).isEqualTo("faulty");
            assertThat(faulty.path("fault").asString()).isNotEmpty();
            assertThat(outlet(board)).as("the power goes off all the same").isEqualTo(Power.OFF);
            assertThat(reserve(board, Map.of()).expect(503).code()).isEqualTo("maintenance");
        });
        for (String board : ends.keySet()) {
            world.awaitState(board, "free");
            assertThat(script.calls("release", board)).isEqualTo(2);
            reserve(board, Map.of()).expect(200);
            release(board).expect(200);
        }
    }

    @Test
    void aBoardThatCanNeitherBeMadeReadyNorCleanedUpIsFaultyUntilAnAdministratorBringsItBack() {
        script.does("reserve", "both", "exit 1");
        script.does("release", "both", "echo it hums >&2; exit 1");

        assertThat(reserve("both", Map.of()).expect(500).code()).isEqualTo("setup-failed");

        world.awaitState("both", "faulty");
        assertThat(world.board("both").path("fault").asString()).contains("it hums");
        assertThat(world.bitelab("GET", "/board/both", null, world.ann).text()).doesNotContain("it hums");
        assertThat(world.bitelab("POST", "/board/both/return", null, world.ann).status())
                .isEqualTo(403);
        script.does("release", "both", "");
        script.does("reserve", "both", "");
        world.bitelab("POST", "/board/both/return", null, world.boss).expect(200);
        assertThat(world.board("both").path("state").asString()).isEqualTo("free");
    }
}
