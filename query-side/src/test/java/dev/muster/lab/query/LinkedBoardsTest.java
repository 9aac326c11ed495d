package dev.muster.lab.query;

import static dev.muster.lab.query.TestLab.board;
import static dev.muster.lab.query.TestLab.linkedTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.BoardEvent.BoardDefined;
import dev.muster.lab.BoardEvent.BoardReserved;
import dev.muster.lab.BoardEvent.PowerObserved;
import dev.muster.lab.BoardEvent.SetupScriptRan;
import dev.muster.lab.Power;
import dev.muster.lab.ScriptAction;
import dev.muster.lab.ScriptOutcome;
import dev.muster.registry.DeviceId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkedBoardsTest {

    private static final DeviceId ROBOT = new DeviceId("robot");

    private final TestLab lab = new TestLab();

    private void linked(String board, String device) {
        lab.happens(new BoardDefined(board(board), linkedTo(board, "pine", Map.of(), device)));
    }

    @Test
    void aDeviceKnowsTheBoardsThatItIsOrWas() {
        linked("b2", "robot");
        linked("b1", "robot");
        linked("b3", "other");
        linked("b2", null);

        assertThat(lab.linked.aggregates(ROBOT)).containsExactly("board/b1", "board/b2");
        assertThat(lab.linked.aggregates(new DeviceId("nobody"))).isEmpty();
    }

    @Test
    void onlyReservationsWhileTheBoardWasTheDeviceAreItsOwn() {
        linked("b1", "other");
        lab.reserved("b1", 1, "user:ann").freed("b1", 1);
        linked("b1", "robot");
        lab.reserved("b1", 2, "user:ann")
                .happens(new SetupScriptRan(
                        board("b1"), TestLab.id(2), ScriptAction.RESERVE, ScriptOutcome.DONE, 1, null))
                .happens(new PowerObserved(board("b1"), null, Power.ON))
                .freed("b1", 2);
        linked("b1", null);
        lab.reserved("b1", 3, "user:ann");

        assertThat(LinkedBoards.stays(ROBOT, lab.log.of("board/b1")))
                .extracting(each -> each.event().getClass().getSimpleName())
                .containsExactly("BoardReserved", "SetupScriptRan", "BoardFreed");
        assertThat(LinkedBoards.stays(ROBOT, lab.log.of("board/b1")).getFirst().event())
                .isEqualTo(new BoardReserved(board("b1"), TestLab.reservation(2, "user:ann")));
    }
}
