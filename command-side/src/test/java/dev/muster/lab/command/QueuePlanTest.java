package dev.muster.lab.command;

import static dev.muster.lab.command.Samples.ANN;
import static dev.muster.lab.command.Samples.START;
import static dev.muster.lab.command.Samples.definition;
import static dev.muster.lab.command.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.Board;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.Environment;
import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequestEvent.Wish;
import dev.muster.lab.Power;
import dev.muster.lab.PowerWish;
import dev.muster.lab.ReservationId;
import dev.muster.lab.Selector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueuePlanTest {

    private static final Selector ANY = Selector.ofClass("pine");
    private static final Selector WIRED = new Selector(null, "pine", Map.of("sdwire", "yes"));

    private static Board free(String name, long restedSince, Map<String, String> tags) {
        return new Board(
                definition(name, "pine", tags),
                BoardState.FREE,
                null,
                null,
                Map.of(),
                Environment.NONE,
                Power.OFF,
                null,
                null,
                0,
                null,
                null,
                null,
                false,
                START.plusSeconds(restedSince),
                1);
    }

    private static LabRequest waiting(int number, Selector selector, Long seconds, Instant earliest) {
        Wish wish =
                new Wish(ANN, selector, 0, seconds, earliest, null, null, Map.of(), List.of(), PowerWish.KEEP, null);
        return new LabRequest(id(number), wish, LabRequest.State.WAITING, null, 0, null, null, START, START, number);
    }

    private static LabRequest waiting(int number, Selector selector) {
        return waiting(number, selector, null, null);
    }

    private static Map<String, ReservationId> plan(List<LabRequest> waiting, List<Board> boards) {
        Map<String, ReservationId> plan = new HashMap<>();
        QueuePlan.of(waiting, QueuePlan.free(boards), (request, board) -> false, START)
                .forEach((board, request) -> plan.put(board.value(), request.id()));
        return plan;
    }

    @Test
    void theOldestGetsTheBoardThatRestedLongest() {
        assertThat(plan(
                        List.of(waiting(1, ANY), waiting(2, ANY)),
                        List.of(free("a", 5, Map.of()), free("b", 1, Map.of()), free("c", 3, Map.of()))))
                .containsOnly(Map.entry("b", id(1)), Map.entry("c", id(2)));
    }

    @Test
    void aScarceBoardIsLeftToWhoCouldUseNoOther() {
        List<Board> boards = List.of(free("plain", 9, Map.of()), free("wired", 1, Map.of("sdwire", "yes")));
        assertThat(plan(List.of(waiting(1, ANY), waiting(2, WIRED)), boards))
                .containsOnly(Map.entry("plain", id(1)), Map.entry("wired", id(2)));
    }

    @Test
    void butNobodyWhoCameBeforeGoesEmptyForIt() {
        List<Board> boards = List.of(free("wired", 1, Map.of("sdwire", "yes")));
        assertThat(plan(List.of(waiting(1, ANY), waiting(2, WIRED)), boards)).containsOnly(Map.entry("wired", id(1)));
    }

    @Test
    void whoComesTooEarlyOrAsksForTooLongIsPassedOver() {
        List<Board> boards = List.of(free("a", 1, Map.of()));
        assertThat(plan(
                        List.of(
                                waiting(1, ANY, null, START.plusSeconds(1)),
                                waiting(2, ANY, Samples.MAX_SECONDS + 1, null),
                                waiting(3, ANY, 60L, START)),
                        boards))
                .containsOnly(Map.entry("a", id(3)));
    }

    @Test
    void aBoardThatFailedBeforeIsTakenLast() {
        Map<BoardName, LabRequest> plan = QueuePlan.of(
                List.of(waiting(1, ANY)),
                QueuePlan.free(List.of(free("a", 1, Map.of()), free("b", 2, Map.of()))),
                (request, board) -> board.name().value().equals("a"),
                START);
        assertThat(plan).containsOnlyKeys(new BoardName("b"));
    }

    /** Against a search over all assignments: served are those whom the queue's order favours most. */
    @Test
    void nobodyIsPassedOverWhoCouldBeServed() {
        Random random = new Random(42);
        for (int round = 0; round < 300; round++) {
            List<Board> boards = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                boards.add(free("b" + i, random.nextInt(9), Map.of("t", "" + i)));
            }
            List<LabRequest> waiting = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiting.add(waiting(
                        i, random.nextBoolean() ? ANY : new Selector(null, null, Map.of("t", "" + random.nextInt(4)))));
            }
            boolean[] served = new boolean[waiting.size()];
            plan(waiting, boards).values().forEach(it -> served[(int) it.value().getLeastSignificantBits()] = true);
            assertThat(mask(served)).as("round " + round).isEqualTo(best(waiting, boards, 0, new boolean[4]));
        }
    }

    private static int mask(boolean[] served) {
        int mask = 0;
        for (boolean each : served) {
            mask = mask * 2 + (each ? 1 : 0);
        }
        return mask;
    }

    private static int best(List<LabRequest> waiting, List<Board> boards, int at, boolean[] used) {
        if (at == waiting.size()) {
            return 0;
        }
        int best = best(waiting, boards, at + 1, used);
        for (int i = 0; i < boards.size(); i++) {
            if (!used[i] && QueuePlan.fits(waiting.get(at).wish(), boards.get(i))) {
                used[i] = true;
                best = Math.max(best, (1 << (waiting.size() - 1 - at)) + best(waiting, boards, at + 1, used));
                used[i] = false;
            }
        }
        return best;
    }
}
