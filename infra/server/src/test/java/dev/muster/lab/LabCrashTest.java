package dev.muster.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.crash.Victim;
import dev.muster.lab.command.MortalMuster;
import dev.muster.server.OfflineTools;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Contract §11.5: the server is killed with SIGKILL at every named moment between two steps of the work on a board, with
 * each way of switching power, and started again. The power outlives the server: a real SNMP agent, files, GPIO lines.
 */
@Tag("long")
class LabCrashTest {

    private static final Duration WAIT = Duration.ofSeconds(30);

    /** What somebody wants of a board when the server dies; what is left to check after that. */
    private enum Deed {
        RESERVE,
        RELEASE,
        ON,
        CYCLE,
        NOTHING
    }

    /** @param moment where it stops; of {@link Deed#NOTHING} none */
    private record Death(Deed deed, String moment) {}

    /** Boards whose names end in 1, and those whose names end in 2. */
    private record Round(Death one, Death two) {}

    private static final List<Round> ROUNDS = List.of(
            new Round(
                    new Death(Deed.RESERVE, "reserve:before-script"),
                    new Death(Deed.RELEASE, "release:before-console")),
            new Round(
                    new Death(Deed.RESERVE, "reserve:after-script"), new Death(Deed.RELEASE, "release:after-console")),
            new Round(new Death(Deed.RESERVE, "reserve:after-power"), new Death(Deed.RELEASE, "release:after-power")),
            new Round(
                    new Death(Deed.RESERVE, "reserve:after-console"), new Death(Deed.RELEASE, "release:after-script")),
            new Round(new Death(Deed.RESERVE, "reserve:before-hand-over"), new Death(Deed.ON, "power:before-switch")),
            new Round(new Death(Deed.ON, "power:after-switch"), new Death(Deed.CYCLE, "power:before-switch")),
            new Round(new Death(Deed.CYCLE, "power:after-switch"), new Death(Deed.NOTHING, "")),
            new Round(new Death(Deed.RESERVE, "script"), new Death(Deed.RELEASE, "script")));

    @TempDir
    Path dir;

    private CrashLab lab;
    private Victim victim;

    @BeforeEach
    void build() throws Exception {
        lab = new CrashLab(dir);
        victim = Victim.of(MortalMuster.class, dir, "--" + MortalMuster.MOMENTS + "=" + lab.moments());
        victim.trainCache();
        victim.startAndAwaitReady();
        lab.open(victim);
    }

    @AfterEach
    void tearDown() throws Exception {
        if (victim != null) {
            victim.stop();
        }
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void afterEveryDeathTheBoardsAreAsTheContractSays() throws Exception {
        Map<String, String> kept = new HashMap<>();
        for (Round round : ROUNDS) {
            Map<String, Death> deaths = new LinkedHashMap<>();
            for (String driver : CrashLab.DRIVERS) {
                deaths.put(driver + "-1", round.one());
                deaths.put(driver + "-2", round.two());
            }
            deaths.forEach((board, death) -> prepare(board, death, kept));
            deaths.forEach(this::begin);
            deaths.forEach((board, death) -> {
                if (death.deed() != Deed.NOTHING) {
                    await().atMost(WAIT).until(() -> lab.hasStopped(board, death.moment()));
                }
            });

            victim.kill();
            Map<String, Long> cleanUps = new HashMap<>();
            deaths.keySet().forEach(board -> cleanUps.put(board, lab.script().calls("release", board)));
            deaths.forEach(this::changeBehindItsBack);
            lab.forgetMoments();
            victim.startAndAwaitReady();

            deaths.forEach((board, death) -> check(board, death, kept, cleanUps.get(board)));
            for (String board : CrashLab.BOARDS) {
                assertThat(lab.board(board).path("state").asString().equals("free") && lab.isOn(board))
                        .as("%s is free and powered after %s", board, round)
                        .isFalse();
            }
            deaths.keySet().forEach(lab::free);
        }
        victim.stop();
        neverTwoHolders();
    }

    /** Brings the board to where the deed begins. */
    private void prepare(String board, Death death, Map<String, String> kept) {
        if (death.deed() != Deed.RESERVE) {
            boolean on = death.deed() != Deed.ON;
            JsonNode reserved = lab.reserve(board, on ? "on" : "off");
            kept.put(board, reserved.path("reservation").toString());
        }
    }

    private void begin(String board, Death death) {
        lab.stopsAt(board, death.moment(), death.deed() == Deed.RESERVE ? "reserve" : "release");
        switch (death.deed()) {
            case RESERVE -> lab.send(board, "reserve", Map.of("power", "on"));
            case RELEASE -> lab.send(board, "release", Map.of());
            case ON -> lab.send(board, "power/on", Map.of());
            case CYCLE -> lab.send(board, "power/cycle", Map.of());
            case NOTHING -> {}
        }
    }

    /** Somebody pulls the plug while nobody looks. */
    private void changeBehindItsBack(String board, Death death) {
        if (death.deed() == Deed.NOTHING) {
            lab.pullPlug(board);
        }
    }

    private void check(String board, Death death, Map<String, String> kept, long cleanUps) {
        String what = board + " at " + death.moment();
        switch (death.deed()) {
            case RESERVE, RELEASE -> {
                await(what).atMost(WAIT).untilAsserted(() -> assertThat(
                                lab.board(board).path("state").asString())
                        .isEqualTo("free"));
                JsonNode now = lab.board(board);
                assertThat(now.has("reservation")).as(what).isFalse();
                assertThat(now.path("attrs").path("power").asBoolean(true))
                        .as(what)
                        .isFalse();
                assertThat(lab.isOn(board)).as(what).isFalse();
                assertThat(lab.script().calls("release", board)).as(what).isGreaterThan(cleanUps);
            }
            case ON, CYCLE -> {
                stillHeld(board, what, kept);
                await(what).atMost(WAIT).untilAsserted(() -> assertThat(
                                lab.board(board).path("attrs").path("power").asBoolean(false))
                        .isTrue());
                assertThat(lab.isOn(board)).as(what).isTrue();
            }
            case NOTHING -> {
                stillHeld(board, what, kept);
                await(what).atMost(WAIT).untilAsserted(() -> assertThat(
                                lab.board(board).path("attrs").path("power").asBoolean(true))
                        .as("what it really is")
                        .isFalse());
            }
        }
    }

    private void stillHeld(String board, String what, Map<String, String> kept) {
        JsonNode now = lab.board(board);
        assertThat(now.path("state").asString()).as(what).isEqualTo("reserved");
        assertThat(now.path("reservation").toString()).as(what).isEqualTo(kept.get(board));
        await(what).atMost(WAIT).until(() -> lab.hasConsole(board));
    }

    /** The whole log, read when nobody writes any more. */
    private void neverTwoHolders() {
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        int code = OfflineTools.run(
                new String[] {"events", "export", "--data=" + victim.data()},
                new PrintStream(export, false, StandardCharsets.UTF_8),
                System.err);
        assertThat(code).isZero();
        Map<String, String> held = new HashMap<>();
        List<String> reserved = new ArrayList<>();
        export.toString(StandardCharsets.UTF_8)
                .lines()
                .map(JsonMapper.shared()::readTree)
                .forEach(event -> {
                    JsonNode payload = event.path("payload");
                    String board = payload.path("board").asString("");
                    switch (event.path("type").asString("")) {
                        case "lab.BoardReserved" -> {
                            String id = payload.path("reservation").path("id").asString();
                            assertThat(held.put(board, id))
                                    .as(board + " had one already")
                                    .isNull();
                            reserved.add(board);
                        }
                        case "lab.BoardFreed" -> held.remove(board);
                        default -> {}
                    }
                });
        assertThat(held).isEmpty();
        assertThat(reserved).hasSizeGreaterThanOrEqualTo(ROUNDS.size() * CrashLab.BOARDS.size());
    }
}
