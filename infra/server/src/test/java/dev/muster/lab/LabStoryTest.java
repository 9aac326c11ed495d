package dev.muster.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.lab.LabWorld.Answer;
import dev.muster.lab.LabWorld.Person;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole lab on the whole server, with a switch that is pretended and programs that are real. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LabStoryTest {

    @TempDir
    static Path dir;

    private static LabWorld lab;

    @BeforeAll
    static void start() throws Exception {
        Path script = Files.writeString(dir.resolve("setup"), """
                #!/bin/sh
                cat > "%s/$1-$2-$3"
                [ "$1" = reserve ] && echo '{"attrs":{"ip":"192.0.2.7"},"exec":["/usr/bin/env"],"ssh":["/bin/cat"]}'
                exit 0
                """.formatted(dir));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        lab = LabWorld.start("setup_script = \"" + script + "\";\n" + LabWorld.boards("pine", 4));
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    /** A story that broke off leaves no board behind for the next one to stumble over. */
    @AfterEach
    void takeBack() {
        for (JsonNode board :
                lab.bitelab("GET", "/board/?state=reserved", null, lab.boss).json()) {
            lab.bitelab("POST", "/board/" + board.path("name").asString() + "/kick", null, lab.boss)
                    .expect(200);
        }
    }

    @Test
    void aBoardIsReservedOverTheLabsOwnWirePoweredAndGivenBack() {
        Answer reserved = lab.bitelab("POST", "/board/pine/reserve", Map.of("duration", "1h"), lab.ann)
                .expect(200);
        String board = reserved.json().path("name").asString();
        assertThat(board).startsWith("pine-");
        assertThat(reserved.json().path("state").asString()).isEqualTo("reserved");
        assertThat(reserved.json().at("/reservation/user").asString()).isEqualTo("ann");
        assertThat(reserved.json().at("/attrs/ip").asString()).isEqualTo("192.0.2.7");
        assertThat(dir.resolve("reserve-" + board + "-ann"))
                .as("the script knows the user by name")
                .content()
                .contains("\"user\":\"ann\"");

        Answer on = lab.bitelab("POST", "/board/" + board + "/power/on", null, lab.ann)
                .expect(200);
        assertThat(on.json().at("/attrs/power").asBoolean()).isTrue();
        assertThat(powerAtTheSwitch(board)).isEqualTo(Power.ON);
        lab.fakes().turnedByHand("pdu", port(board), Power.OFF);
        assertThat(lab.bitelab("POST", "/board/" + board + "/power/cycle", null, lab.ann)
                        .expect(200)
                        .json()
                        .at("/attrs/power")
                        .asBoolean())
                .isTrue();
        assertThat(lab.bitelab("POST", "/board/" + board + "/power/off", null, lab.bob)
                        .expect(403)
                        .code())
                .isEqualTo("not-holder");

        lab.bitelab("POST", "/board/" + board + "/release", null, lab.ann).expect(200);
        JsonNode free = lab.board(board);
        assertThat(free.path("state").asString()).isEqualTo("free");
        assertThat(free.at("/attrs/power").asBoolean(true)).isFalse();
        assertThat(powerAtTheSwitch(board)).isEqualTo(Power.OFF);
        assertThat(dir.resolve("release-" + board + "-ann")).exists();
    }

    @Test
    void aBoardIsReservedOverTheNativeApiSharedAndGivenBack() {
        Answer reserved = lab.api(
                        "POST",
                        "/lab/reservations",
                        Map.of("class", "pine", "power", "on", "purpose", "boot test"),
                        lab.bob)
                .expect(201);
        String board = reserved.json().path("name").asString();
        assertThat(reserved.json().path("power").asString()).isEqualTo("on");
        assertThat(powerAtTheSwitch(board)).isEqualTo(Power.ON);
        String reservation = reserved.headers().firstValue("Location").orElseThrow();
        assertThat(lab.send("GET", reservation, null, lab.bob)
                        .expect(200)
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("fulfilled");
        JsonNode seen = lab.api("GET", "/lab/boards/" + board, null, lab.ann)
                .expect(200)
                .json();
        assertThat(seen.at("/reservation/holderName").asString()).isEqualTo("bob");
        assertThat(seen.path("mine").asBoolean()).isFalse();
        assertThat(seen.has("environment")).as("only its holder's").isFalse();

        lab.api("POST", "/lab/boards/" + board + "/share", Map.of("user", "ann", "mode", "rw"), lab.bob)
                .expect(200);
        assertThat(lab.api("POST", "/lab/boards/" + board + "/power/off", null, lab.ann)
                        .expect(200)
                        .json()
                        .path("power")
                        .asString())
                .isEqualTo("off");
        assertThat(lab.api("POST", "/lab/boards/" + board + "/share", Map.of("user", "nobody"), lab.bob)
                        .expect(400)
                        .code())
                .isEqualTo("lab.bad-value");

        lab.send("DELETE", reservation, null, lab.bob).expect(204);
        lab.awaitState(board, "free");
        assertThat(powerAtTheSwitch(board)).isEqualTo(Power.OFF);
    }

    @Test
    void aRevokedTokenClosesItsChannelsAndKeepsTheBoard() {
        Person eve = lab.again(lab.eve);
        String board = lab.bitelab("POST", "/board/pine/reserve", null, eve)
                .expect(200)
                .json()
                .path("name")
                .asString();
        try (LabSocket ssh = lab.open("/board/" + board + "/ssh/ws", eve);
                LabSocket other = lab.open("/board/" + board + "/ssh/ws", lab.eve)) {
            ssh.send("echoed");
            Awaitility.await().atMost(LabWorld.WAIT).until(() -> ssh.heard().equals("echoed"));

            long before = System.nanoTime();
            lab.bitelab("DELETE", "/auth/tokens/" + eve.tokenId(), null, lab.boss)
                    .expect(204);

            assertThat(ssh.closeCode()).isEqualTo(4401);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
            assertThat(other.isOpen()).as("it has another token").isTrue();
            lab.bitelab("GET", "/board/" + board, null, eve).expect(401);
            assertThat(lab.board(board).path("state").asString()).isEqualTo("reserved");
            lab.bitelab("POST", "/board/" + board + "/release", null, lab.eve).expect(200);
            assertThat(other.closeCode()).isEqualTo(4403);
        }
    }

    @Test
    void aCommandRunsInTheBoardsEnvironment() {
        String board = lab.bitelab("POST", "/board/pine/reserve", null, lab.ann)
                .expect(200)
                .json()
                .path("name")
                .asString();
        try (LabSocket exec = lab.open("/board/" + board + "/exec/ws", lab.ann, "bitelab.exec.v1")) {
            exec.say("{\"cmd\":\"exec\",\"args\":[\"sh\",\"-c\",\"echo out; echo err >&2; exit 3\"],\"env\":{}}");
            assertThat(exec.json(0).path("status").asString()).isEqualTo("started");
            assertThat(exec.json(1).at("/exit/code").asInt()).isEqualTo(3);
            assertThat(exec.closeCode()).isEqualTo(1000);
            assertThat(new String(exec.stream(1), StandardCharsets.UTF_8)).isEqualTo("out\n");
            assertThat(new String(exec.stream(2), StandardCharsets.UTF_8)).isEqualTo("err\n");
        }
        lab.bitelab("POST", "/board/" + board + "/release", null, lab.ann).expect(200);
    }

    @Test
    void whatIsInUseIsWaitedForInTheQueue() {
        List<String> all = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            all.add(lab.bitelab("POST", "/board/pine/reserve", null, lab.bob)
                    .expect(200)
                    .json()
                    .path("name")
                    .asString());
        }
        assertThat(all).containsExactlyInAnyOrder("pine-1", "pine-2", "pine-3", "pine-4");
        assertThat(lab.bitelab("POST", "/board/pine/reserve", null, lab.ann)
                        .expect(409)
                        .code())
                .isEqualTo("none-free");
        assertThat(lab.bitelab(
                                "POST",
                                "/reservations",
                                Map.of("class", "pine", "tags", Map.of("sdwire", "yes")),
                                lab.ann)
                        .expect(422)
                        .code())
                .isEqualTo("unsatisfiable");
        String request = lab.bitelab("POST", "/reservations", Map.of("class", "pine"), lab.ann)
                .expect(202)
                .json()
                .path("id")
                .asString();

        lab.bitelab("POST", "/board/pine-2/release", null, lab.bob).expect(200);

        Awaitility.await().atMost(LabWorld.WAIT).until(() -> lab.bitelab(
                        "GET", "/reservations/" + request + "?wait=5s", null, lab.ann)
                .expect(200)
                .json()
                .path("state")
                .asString()
                .equals("fulfilled"));
        assertThat(lab.board("pine-2").at("/reservation/user").asString()).isEqualTo("ann");
        lab.bitelab("POST", "/board/pine-2/release", null, lab.ann).expect(200);
        for (String board : List.of("pine-1", "pine-3", "pine-4")) {
            lab.bitelab("POST", "/board/" + board + "/kick", null, lab.boss).expect(200);
        }
    }

    @Test
    void aConfigurationIsPutInForceWholeOrNotAtAll() {
        String before =
                lab.api("GET", "/lab/configuration", null, lab.boss).expect(200).text();
        lab.api("GET", "/lab/configuration", null, lab.ann).expect(403);
        Answer wrong = lab.api(
                        "PUT",
                        "/lab/configuration",
                        before + "boards { name = odd, brdclass = nothing, options = [] }\n",
                        lab.boss,
                        "Content-Type",
                        "text/plain")
                .expect(422);
        assertThat(wrong.code()).isEqualTo("lab.configuration-invalid");
        assertThat(wrong.json().at("/details/board").asString()).isEqualTo("odd");
        assertThat(wrong.json().at("/details/line").asInt()).isPositive();
        assertThat(lab.api("GET", "/lab/configuration", null, lab.boss).text()).isEqualTo(before);
        assertThat(lab.api("GET", "/lab/boards", null, lab.ann).json().path("items"))
                .hasSize(4);
    }

    @Test
    void aConsoleTicketIsGivenForAConsoleThatIsThere() {
        assertThat(lab.api("POST", "/lab/boards/nope/console-ticket", null, lab.ann)
                        .expect(404)
                        .code())
                .isEqualTo("lab.no-such-board");
        String board = lab.bitelab("POST", "/board/pine/reserve", null, lab.ann)
                .expect(200)
                .json()
                .path("name")
                .asString();
        String path = "/lab/boards/" + board + "/console-ticket";
        assertThat(lab.api("POST", path, null, lab.bob).expect(403).code()).isEqualTo("lab.not-holder");
        assertThat(lab.api("POST", path, null, lab.ann).expect(409).code()).isEqualTo("lab.capability-missing");
        assertThat(catchThrowableOfType(
                                LabSocket.Refused.class,
                                () -> lab.open("/board/" + board + "/console/ws?ticket=nothing", null))
                        .status)
                .as("no page of ours")
                .isEqualTo(403);
        lab.bitelab("POST", "/board/" + board + "/release", null, lab.ann).expect(200);
    }

    @Test
    void whatHappenedIsToldWithoutWhatIsTheHoldersAlone() {
        String board = lab.bitelab(
                        "POST",
                        "/board/pine/reserve",
                        Map.of("context", Map.of("job", "nightly-17"), "sshpubkey", KEY),
                        lab.ann)
                .expect(200)
                .json()
                .path("name")
                .asString();
        lab.bitelab("POST", "/board/" + board + "/release", null, lab.ann).expect(200);

        String feed = lab.server.get("/api/v1/events/feed?limit=1000").toString();

        assertThat(feed)
                .contains("muster.lab.board-defined.v1", "muster.lab.board-reserved.v1", "muster.lab.board-freed.v1")
                .doesNotContain("nightly-17", KEY);
        assertThat(lab.server.send("GET", "/actuator/prometheus", null).body())
                .contains("muster_lab_requests_waiting", "muster_lab_reservations", "muster_lab_power_operations");
    }

    @Test
    void pagesOfTheConsoleAreServedAndNothingBesideThem() {
        for (String page : List.of("/lab", "/lab/-/queue", "/lab/pine-1/console")) {
            // Without the built console there is nothing behind an open door.
            assertThat(lab.send("GET", page, null, null).status()).as(page).isIn(200, 500);
        }
        lab.bitelab("GET", "/board/", null, null).expect(401);
        lab.api("GET", "/lab/boards", null, null).expect(401);
    }

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl ann@desk";

    private static String port(String board) {
        return board.substring(board.lastIndexOf('-') + 1);
    }

    private static Power powerAtTheSwitch(String board) {
        return lab.fakes().power("pdu", port(board));
    }
}
