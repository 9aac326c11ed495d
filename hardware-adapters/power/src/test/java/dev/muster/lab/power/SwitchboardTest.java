package dev.muster.lab.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardOption;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.Power;
import dev.muster.lab.PowerAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for every kind of outlet, on those that exist only in memory. */
class SwitchboardTest {

    private final Lab lab = new Lab();
    private final BoardDefinition board = fake("b", "1", Map.of());

    private BoardDefinition fake(String name, String port, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(Map.of("profile", "fake", "host", "f", "port", port));
        all.putAll(more);
        return lab.board(name, "snmppower", all);
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void aBoardIsTurnedOnAndOffAndCycled() throws Exception {
        assertThat(Lab.done(lab.switchboard.read(board))).isEqualTo(Power.OFF);
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.ON))).isEqualTo(Power.ON);
        assertThat(lab.switchboard.fakes().power("f", "1")).isEqualTo(Power.ON);
        var cycle = lab.switchboard.order(board, PowerAction.CYCLE);
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> lab.switchboard.fakes().power("f", "1") == Power.OFF);
        assertThat(Lab.done(cycle)).isEqualTo(Power.ON);
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.OFF))).isEqualTo(Power.OFF);
    }

    @Test
    void nobodyReadsABoardInTheMiddleOfACycle() throws Exception {
        lab.switchboard.fakes().turnedByHand("f", "1", Power.ON);
        var cycle = lab.switchboard.order(board, PowerAction.CYCLE);
        List<CompletableFuture<Power>> reads = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            reads.add(lab.switchboard.read(board));
        }
        for (var read : reads) {
            assertThat(Lab.done(read)).isEqualTo(Power.ON);
        }
        assertThat(Lab.done(cycle)).isEqualTo(Power.ON);
    }

    @Test
    void anotherOutletOfTheSwitchDoesNotWaitForACycle() throws Exception {
        BoardDefinition slow = fake("slow", "2", Map.of("cycle_delay", 30L));
        BoardDefinition quick = fake("quick", "3", Map.of("initial", "on"));
        var cycle = lab.switchboard.order(slow, PowerAction.CYCLE);
        assertThat(Lab.done(lab.switchboard.read(quick))).isEqualTo(Power.ON);
        assertThat(cycle).isNotDone();
    }

    @Test
    void aBoardWithoutPowerIsRefused() throws Exception {
        BoardDefinition bare = Lab.definition("bare", List.of(new BoardOption("serialconsole", Map.of("val", "x"))));
        assertThat(Lab.code(lab.switchboard.read(bare))).isEqualTo(LabRefusal.CAPABILITY_MISSING.code());
        assertThat(lab.switchboard.isReachable(bare)).isFalse();
    }

    @Test
    void aBoardThatIsNoLongerConfiguredIsSwitchedByWhatHistoryKnows() throws Exception {
        BoardDefinition gone = Lab.definition(
                "gone", List.of(new BoardOption("snmppower", Map.of("profile", "fake", "host", "f", "port", 9))));
        assertThat(Lab.done(lab.switchboard.order(gone, PowerAction.ON))).isEqualTo(Power.ON);
    }

    @Test
    void anOutletThatIsStuckIsAFaultAndOneThatMumblesIsUnknown() throws Exception {
        lab.switchboard.fakes().stuck("f", "1", true);
        assertThat(Lab.code(lab.switchboard.order(board, PowerAction.ON))).isEqualTo("lab.power-fault");
        lab.switchboard.fakes().turnedByHand("f", "1", Power.UNKNOWN);
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.ON))).isEqualTo(Power.UNKNOWN);
        assertThat(Lab.done(lab.switchboard.read(board))).isEqualTo(Power.UNKNOWN);
    }

    @Test
    void whatCannotBeReadBackIsUnknown() throws Exception {
        BoardDefinition blind = fake("blind", "4", Map.of("verify", false));
        assertThat(Lab.done(lab.switchboard.order(blind, PowerAction.CYCLE))).isEqualTo(Power.UNKNOWN);
        assertThat(lab.switchboard.fakes().power("f", "4")).isEqualTo(Power.ON);
    }

    @Test
    void failuresAreToldAndInjectedOnesAreToo() throws Exception {
        BoardDefinition failing = fake("failing", "5", Map.of("fail", "power-denied"));
        assertThat(Lab.code(lab.switchboard.order(failing, PowerAction.ON))).isEqualTo("lab.power-denied");
        assertThat(lab.switchboard.isReachable(failing))
                .as("it says no, so it is there")
                .isTrue();
        lab.switchboard.fakes().failing("f", "1", LabRefusal.POWER_AUTH);
        assertThat(Lab.code(lab.switchboard.read(board))).isEqualTo("lab.power-auth");
        assertThat(lab.switchboard.isReachable(board)).isFalse();
        lab.switchboard.fakes().failing("f", "1", null);
        assertThat(Lab.done(lab.switchboard.read(board))).isEqualTo(Power.OFF);
        assertThat(lab.switchboard.isReachable(board)).isTrue();
    }

    @Test
    void aDeadSwitchIsLeftAloneForAWhileAndThenTriedAgain() throws Exception {
        lab.switchboard.fakes().failing("f", "1", LabRefusal.POWER_TIMEOUT);
        for (int i = 0; i < 5; i++) {
            assertThat(Lab.refusal(lab.switchboard.read(board)).message()).contains("told to fail");
        }
        BoardDefinition neighbour = fake("n", "6", Map.of());
        assertThat(Lab.refusal(lab.switchboard.read(neighbour)).message()).contains("left alone");
        assertThat(lab.switchboard.isReachable(neighbour)).isFalse();

        lab.switchboard.fakes().failing("f", "1", null);
        await().atMost(Duration.ofSeconds(5))
                .ignoreExceptions()
                .until(() -> Lab.done(lab.switchboard.read(board)) == Power.OFF);
        assertThat(lab.switchboard.isReachable(neighbour)).isTrue();
    }

    @Test
    void whatWaitsIsBounded() throws Exception {
        BoardDefinition slow = fake("slow", "7", Map.of("latency", "100ms"));
        List<CompletableFuture<Power>> reads = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            reads.add(lab.switchboard.read(slow));
        }
        for (var read : reads.subList(9, 12)) {
            assertThat(Lab.refusal(read).message()).contains("Too much waits");
        }
        for (var read : reads.subList(0, 9)) {
            assertThat(Lab.done(read)).as("one under way, eight waiting").isEqualTo(Power.OFF);
        }
    }

    @Test
    void operationsAreCounted() throws Exception {
        Lab.done(lab.switchboard.order(board, PowerAction.ON));
        Lab.done(lab.switchboard.read(board));
        lab.switchboard.fakes().failing("f", "1", LabRefusal.POWER_DENIED);
        Lab.refusal(lab.switchboard.read(board));
        assertThat(count("on", "ok")).isEqualTo(1);
        assertThat(count("read", "ok")).isEqualTo(1);
        assertThat(count("read", "power-denied")).isEqualTo(1);
    }

    private long count(String action, String outcome) {
        return lab.meters
                .get("muster.lab.power.operations")
                .tags("driver", "fake", "action", action, "outcome", outcome)
                .timer()
                .count();
    }

    @Test
    void whatIsUnderWayFailsWhenTheServerStops() throws Exception {
        BoardDefinition slow = fake("slow", "8", Map.of("latency", 30));
        var running = lab.switchboard.order(slow, PowerAction.ON);
        var waiting = lab.switchboard.read(slow);
        lab.close();
        assertThat(Lab.code(running)).isEqualTo("lab.power-timeout");
        assertThat(Lab.code(waiting)).isEqualTo("lab.power-timeout");
        assertThat(Lab.code(lab.switchboard.read(board))).isEqualTo("lab.power-timeout");
    }

    @Test
    void secretsAreNotShown() {
        SnmpAccess access = SnmpAccess.of(
                Parameters.of(
                        board,
                        new BoardOption(
                                "snmppower",
                                Map.of(
                                        "host",
                                        "Poe",
                                        "version",
                                        3,
                                        "user",
                                        "lab",
                                        "auth_pass",
                                        "hush-hush",
                                        "priv_pass",
                                        "hush-hush",
                                        "community",
                                        "hush-hush")),
                        LabConfiguration.EMPTY),
                Lab.QUICK);
        assertThat(access + " " + access.user()).isEqualTo("poe:161 lab");
    }
}
