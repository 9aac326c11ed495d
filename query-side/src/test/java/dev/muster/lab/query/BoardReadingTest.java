package dev.muster.lab.query;

import static dev.muster.lab.query.TestLab.board;
import static dev.muster.lab.query.TestLab.definition;
import static dev.muster.lab.query.TestLab.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.Board;
import dev.muster.lab.BoardEvent.BoardDefined;
import dev.muster.lab.BoardEvent.BoardRetired;
import dev.muster.lab.BoardEvent.MaintenanceStarted;
import dev.muster.lab.BoardEvent.PowerObserved;
import dev.muster.lab.BoardState;
import dev.muster.lab.Boards.BoardClass;
import dev.muster.lab.LabRequestEvent.RequestCancelled;
import dev.muster.lab.Power;
import dev.muster.testing.MemoryLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BoardReadingTest {

    private final TestLab lab = new TestLab();

    private Board b1() {
        return lab.find("b1");
    }

    @Nested
    class Reading {

        @Test
        void theVersionIsThatOfTheLastEventAndTheStateHasItsOwnTime() {
            lab.lent("b1", 1, "user:ann");
            lab.happens(new PowerObserved(board("b1"), null, Power.ON));

            assertThat(b1().version()).isEqualTo(3);
            assertThat(b1().changedAt()).isEqualTo(MemoryLog.START.plusSeconds(2));
            lab.defined("b1");
            assertThat(b1().changedAt()).isEqualTo(MemoryLog.START.plusSeconds(2));
        }

        @Test
        void theRevisionIsThePlaceOfTheLastChangeAndNothingElseMovesIt() {
            assertThat(lab.boards.revision()).isEqualTo(-1);
            lab.defined("b1").happens(new RequestCancelled(id(1)));
            assertThat(lab.boards.revision()).isZero();

            lab.happens(new PowerObserved(board("nope"), null, Power.ON)).happens(new BoardRetired(board("nope")));
            assertThat(lab.boards.revision()).isZero();

            lab.happens(new BoardRetired(board("b1")));
            assertThat(lab.boards.revision()).isEqualTo(4);
        }

        @Test
        void boardsAreInTheOrderOfTheirNames() {
            lab.defined("c").defined("a").defined("b");

            assertThat(lab.boards.all()).extracting(each -> each.name().value()).containsExactly("a", "b", "c");
            assertThat(lab.boards.after(board("a")))
                    .extracting(each -> each.name().value())
                    .containsExactly("b", "c");
        }

        @Test
        void classesAreCounted() {
            lab.defined("p1").defined("p2").lent("p3", 1, "user:ann").defined("c1", "cora", Map.of());
            lab.happens(new MaintenanceStarted(board("c1"), "x")).reserved("p2", 2, "user:bob");

            assertThat(lab.boards.classes())
                    .containsExactly(
                            Map.entry("cora", new BoardClass(Map.of("arch", "arm64"), 1, 0)),
                            Map.entry("pine", new BoardClass(Map.of("arch", "arm64"), 3, 1)));
            assertThat(lab.boards.reservationsActive()).isEqualTo(2);
            assertThat(lab.boards.byClassAndState().get("pine"))
                    .containsOnlyKeys(BoardState.values())
                    .containsEntry(BoardState.PREPARING, 1)
                    .containsEntry(BoardState.FREE, 1)
                    .containsEntry(BoardState.RESERVED, 1)
                    .containsEntry(BoardState.FAULTY, 0);
        }
    }

    @Nested
    class Changes {

        private final List<String> heard = new ArrayList<>();

        private void hear(Board before, Board after) {
            heard.add((before == null ? "-" : before.state()) + ">" + (after == null ? "-" : after.state()) + " on "
                    + Thread.currentThread().getName());
        }

        @Test
        void theyAreHeardInOrderOnTheFoldingThread() {
            lab.boards.onChange(this::hear);
            lab.defined("b1").reserved("b1", 1, "user:ann").handedOver("b1", 1);
            lab.happens(new BoardRetired(board("b1"))).releasing("b1", 1).freed("b1", 1);

            assertThat(heard)
                    .extracting(each -> each.split(" ", 2)[0])
                    .containsExactly(
                            "->FREE",
                            "FREE>PREPARING",
                            "PREPARING>RESERVED",
                            "RESERVED>RESERVED",
                            "RESERVED>RELEASING",
                            "RELEASING>-");
            assertThat(heard)
                    .allMatch(each ->
                            each.endsWith(" on " + Thread.currentThread().getName()));
        }

        @Test
        void aListenerFindsTheBoardAsItWasTold() {
            List<Board> found = new ArrayList<>();
            lab.boards.onChange((before, after) -> {
                assertThat(lab.boards.find(board("b1"))).isSameAs(after);
                found.add(after);
            });
            lab.defined("b1");

            assertThat(found).hasSize(1);
        }

        @Test
        void oneThatFailsHarmsNobody() {
            lab.boards.onChange((before, after) -> {
                throw new IllegalStateException("broken");
            });
            lab.boards.onChange(this::hear);
            lab.defined("b1");

            assertThat(heard).hasSize(1);
            assertThat(b1()).isNotNull();
        }

        @Test
        void whoEndsItHearsNothingMoreThoughItListensTwice() throws Exception {
            dev.muster.lab.Boards.Change change = this::hear;
            AutoCloseable once = lab.boards.onChange(change);
            lab.boards.onChange(change);
            once.close();
            once.close();
            lab.happens(new BoardDefined(board("b1"), definition("b1", "pine", Map.of())));

            assertThat(heard).hasSize(1);
        }
    }
}
