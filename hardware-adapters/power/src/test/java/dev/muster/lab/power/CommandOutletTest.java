package dev.muster.lab.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.lab.BoardDefinition;
import dev.muster.lab.Power;
import dev.muster.lab.PowerAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandOutletTest {

    @TempDir
    Path dir;

    private final Lab lab = new Lab();

    @AfterEach
    void stop() {
        lab.close();
    }

    private BoardDefinition board(Map<String, Object> more) {
        String state = dir.resolve("on").toString();
        Map<String, Object> all = new HashMap<>(Map.of(
                "on", List.of("touch", state),
                "off", List.of("rm", "-f", state),
                "read", List.of("test", "-e", state)));
        all.putAll(more);
        return lab.board("c", "commandpower", all);
    }

    private static List<String> shell(String script) {
        return List.of("/bin/sh", "-c", script);
    }

    @Test
    void programsTurnABoardOnAndOff() throws Exception {
        BoardDefinition board = board(Map.of());
        assertThat(Lab.done(lab.switchboard.read(board))).isEqualTo(Power.OFF);
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.ON))).isEqualTo(Power.ON);
        assertThat(dir.resolve("on")).exists();
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.CYCLE))).isEqualTo(Power.ON);
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.OFF))).isEqualTo(Power.OFF);
    }

    @Test
    void argumentsAreNotReadByAShell() throws Exception {
        String odd = dir.resolve("$(touch pwned); *").toString();
        Lab.done(lab.switchboard.order(
                board(Map.of("on", List.of("touch", odd), "read", List.of("test", "-e", odd))), PowerAction.ON));
        assertThat(Path.of(odd)).exists();
    }

    @Test
    void anyOtherEndOfAReadIsUnknown() throws Exception {
        for (String script : List.of("exit 2", "exit 255", "kill -9 $$")) {
            assertThat(Lab.done(lab.switchboard.read(board(Map.of("read", shell(script))))))
                    .isEqualTo(Power.UNKNOWN);
        }
    }

    @Test
    void withoutAReaderWhatBecameOfItIsUnknown() throws Exception {
        BoardDefinition board = board(Map.of("read", List.of()));
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.ON))).isEqualTo(Power.UNKNOWN);
        assertThat(Lab.done(lab.switchboard.read(board))).isEqualTo(Power.UNKNOWN);
        assertThat(dir.resolve("on")).exists();
    }

    @Test
    void aFailureIsToldWithItsLastLineOnly() throws Exception {
        var refusal = Lab.refusal(lab.switchboard.order(
                board(Map.of(
                        "on",
                        shell("i=0; while [ $i -lt 3000 ]; do echo line $i of very much output; i=$((i+1)); done;"
                                + " printf 'relay \\033[31mstuck\\n' >&2; exit 3"))),
                PowerAction.ON));
        assertThat(refusal.code()).isEqualTo("lab.power-fault");
        assertThat(refusal.message()).endsWith("ended with code 3: relay [31mstuck.");
    }

    @Test
    void aProgramThatDoesNotEndIsKilledWithItsChildren() throws Exception {
        Path pid = dir.resolve("pid");
        long began = System.nanoTime();
        assertThat(Lab.code(lab.switchboard.read(
                        board(Map.of("read", shell("sleep 60 & echo $! > " + pid + "; yes; wait"))))))
                .isEqualTo("lab.power-timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
        long child = Long.parseLong(Files.readString(pid).strip());
        await().until(() ->
                ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void aGrandchildThatKeepsTheOutputOpenIsNotWaitedFor() throws Exception {
        long began = System.nanoTime();
        assertThat(Lab.done(lab.switchboard.read(board(Map.of("read", shell("sleep 5 & exit 0"))))))
                .isEqualTo(Power.ON);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void nothingOfTheServersEnvironmentIsPassedOn() throws Exception {
        Path seen = dir.resolve("env");
        Lab.done(lab.switchboard.read(board(Map.of("read", shell("env > " + seen)))));
        assertThat(Files.readAllLines(seen))
                .allMatch(each -> each.startsWith("PATH=")
                        || each.startsWith("LANG=")
                        || each.startsWith("PWD=")
                        || each.startsWith("_=")
                        || each.startsWith("OLDPWD=")
                        || each.startsWith("SHLVL="));
    }

    @Test
    void whatCannotBeStartedIsAFault() throws Exception {
        assertThat(Lab.code(lab.switchboard.read(board(Map.of("read", List.of("/no/such/program"))))))
                .isEqualTo("lab.power-fault");
        assertThat(Lab.code(lab.switchboard.read(board(Map.of("on", List.of())))))
                .isEqualTo("lab.power-fault");
    }
}
