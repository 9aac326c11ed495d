package dev.muster.lab.query;

import static dev.muster.lab.query.TestLab.ENVIRONMENT;
import static dev.muster.lab.query.TestLab.board;
import static dev.muster.lab.query.TestLab.definition;
import static dev.muster.lab.query.TestLab.id;
import static dev.muster.lab.query.TestLab.reservation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.Board;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardEvent.BoardFreed;
import dev.muster.lab.BoardEvent.BoardRetired;
import dev.muster.lab.BoardEvent.MaintenanceRequested;
import dev.muster.lab.BoardEvent.MaintenanceStarted;
import dev.muster.lab.BoardEvent.PowerFailed;
import dev.muster.lab.BoardEvent.PowerObserved;
import dev.muster.lab.BoardEvent.PowerOrdered;
import dev.muster.lab.BoardEvent.PreparationFailed;
import dev.muster.lab.BoardEvent.ReleaseFailed;
import dev.muster.lab.BoardEvent.ReleaseStarted;
import dev.muster.lab.BoardEvent.ReservationExtended;
import dev.muster.lab.BoardEvent.ReservationShared;
import dev.muster.lab.BoardState;
import dev.muster.lab.Environment;
import dev.muster.lab.Power;
import dev.muster.lab.PowerAction;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.ShareMode;
import dev.muster.testing.MemoryLog;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BoardIndexTest {

    private static final UUID RELEASE = new UUID(1, 1);
    private static final UUID OPERATION = new UUID(2, 1);

    private final TestLab lab = new TestLab();

    private Board b1() {
        return lab.find("b1");
    }

    private static ReleaseStarted releasing(UUID release, ReleaseReason reason, int attempt) {
        return new ReleaseStarted(board("b1"), release, id(1), reason, attempt);
    }

    private static ReleaseFailed failed(int attempt) {
        return new ReleaseFailed(board("b1"), RELEASE, id(1), attempt, "lab.release-failed", "jail is busy");
    }

    @Nested
    class Life {

        @Test
        void aBoardIsFreeWhenItIsDefined() {
            lab.defined("b1", "pine", Map.of("sdwire", "yes"));

            assertThat(b1())
                    .isEqualTo(new Board(
                            definition("b1", "pine", Map.of("sdwire", "yes")),
                            BoardState.FREE,
                            null,
                            null,
                            Map.of(),
                            Environment.NONE,
                            Power.UNKNOWN,
                            null,
                            null,
                            0,
                            null,
                            null,
                            null,
                            false,
                            MemoryLog.START,
                            0));
        }

        @Test
        void itIsPreparedHandedOverAndFreedAgain() {
            lab.defined("b1").reserved("b1", 1, "user:ann");
            assertThat(b1().state()).isEqualTo(BoardState.PREPARING);
            assertThat(b1().reservation()).isEqualTo(reservation(1, "user:ann"));
            assertThat(b1().since()).isEqualTo(MemoryLog.START.plusSeconds(1));
            assertThat(b1().environment()).isEqualTo(Environment.NONE);

            lab.handedOver("b1", 1);
            assertThat(b1().state()).isEqualTo(BoardState.RESERVED);
            assertThat(b1().environment()).isEqualTo(ENVIRONMENT);
            assertThat(b1().since()).as("it began when it was accepted").isEqualTo(MemoryLog.START.plusSeconds(1));
            assertThat(b1().isHeldBy("user:ann")).isTrue();

            lab.releasing("b1", 1);
            assertThat(b1().state()).isEqualTo(BoardState.RELEASING);
            assertThat(b1().release()).isEqualTo(RELEASE);
            assertThat(b1().attempt()).isEqualTo(1);
            assertThat(b1().environment()).as("the script wants its state back").isEqualTo(ENVIRONMENT);
            assertThat(b1().reservation().id()).isEqualTo(id(1));

            lab.freed("b1", 1);
            assertThat(b1().state()).isEqualTo(BoardState.FREE);
            assertThat(b1().reservation()).isNull();
            assertThat(b1().since()).isNull();
            assertThat(b1().release()).isNull();
            assertThat(b1().attempt()).isZero();
            assertThat(b1().environment()).isEqualTo(Environment.NONE);
        }

        @Test
        void whatCannotBePreparedIsCleanedUp() {
            lab.defined("b1").reserved("b1", 1, "user:ann");
            lab.happens(new PreparationFailed(board("b1"), id(1), "lab.setup-failed", "no address"));
            assertThat(b1().state()).isEqualTo(BoardState.PREPARING);

            lab.happens(releasing(RELEASE, ReleaseReason.NOT_PREPARED, 1));
            assertThat(b1().state()).isEqualTo(BoardState.RELEASING);
            assertThat(b1().reservation()).isNotNull();
        }

        @Test
        void whatCannotBeCleanedUpIsFaultyAndKeepsWhatThereIsToCleanUp() {
            lab.lent("b1", 1, "user:ann").releasing("b1", 1).happens(failed(1));
            assertThat(b1().state()).isEqualTo(BoardState.FAULTY);
            assertThat(b1().fault()).isEqualTo("jail is busy");
            assertThat(b1().release()).isEqualTo(RELEASE);
            assertThat(b1().environment()).isEqualTo(ENVIRONMENT);
            assertThat(b1().reservation().id()).isEqualTo(id(1));

            lab.happens(new MaintenanceStarted(board("b1"), "look at it"));
            lab.happens(new MaintenanceStarted(board("b1"), "still looking"));
            assertThat(b1().state()).isEqualTo(BoardState.MAINTENANCE);
            assertThat(b1().fault()).isNull();
            assertThat(b1().note()).isEqualTo("still looking");
            assertThat(b1().environment()).isEqualTo(ENVIRONMENT);

            UUID again = new UUID(1, 2);
            lab.happens(releasing(again, ReleaseReason.RETURNED, 2));
            assertThat(b1().state()).isEqualTo(BoardState.RELEASING);
            assertThat(b1().release()).isEqualTo(again);
            assertThat(b1().attempt()).isEqualTo(2);
            assertThat(b1().note()).isNull();
            assertThat(b1().environment()).isEqualTo(ENVIRONMENT);

            lab.freed("b1", 1);
            assertThat(b1().state()).isEqualTo(BoardState.FREE);
            assertThat(b1().environment()).isEqualTo(Environment.NONE);
        }

        @Test
        void aFaultThatIsTriedAgainIsNoFaultMeanwhile() {
            lab.lent("b1", 1, "user:ann").releasing("b1", 1).happens(failed(1));
            lab.happens(releasing(new UUID(1, 2), ReleaseReason.INTERRUPTED, 2));

            assertThat(b1().fault()).isNull();
            assertThat(b1().state()).isEqualTo(BoardState.RELEASING);
        }

        @Test
        void wantedMaintenanceFollowsTheReservation() {
            lab.lent("b1", 1, "user:ann").happens(new MaintenanceRequested(board("b1"), "new cable"));
            assertThat(b1().state()).isEqualTo(BoardState.RESERVED);
            assertThat(b1().note()).isEqualTo("new cable");

            lab.releasing("b1", 1).freed("b1", 1);
            assertThat(b1().note()).as("it is still wanted").isEqualTo("new cable");
            lab.happens(new MaintenanceStarted(board("b1"), "new cable"));
            assertThat(b1().state()).isEqualTo(BoardState.MAINTENANCE);

            lab.happens(new ReleaseStarted(board("b1"), RELEASE, null, ReleaseReason.RETURNED, 1));
            lab.happens(new BoardFreed(board("b1"), null));
            assertThat(b1().state()).isEqualTo(BoardState.FREE);
            assertThat(b1().note()).isNull();
        }

        @Test
        void aReservationIsExtendedAndShared() {
            Instant later = Instant.parse("2026-11-22T08:00:00Z");
            lab.lent("b1", 1, "user:ann")
                    .happens(new ReservationExtended(board("b1"), id(1), later))
                    .happens(new ReservationShared(board("b1"), id(1), "user:bob", ShareMode.RW))
                    .happens(new ReservationShared(board("b1"), id(1), "user:cid", ShareMode.RO))
                    .happens(new ReservationShared(board("b1"), id(1), "user:dan", ShareMode.RO))
                    .happens(new ReservationShared(board("b1"), id(1), "user:dan", null));

            assertThat(b1().reservation().expiresAt()).isEqualTo(later);
            assertThat(b1().shares()).isEqualTo(Map.of("user:bob", ShareMode.RW, "user:cid", ShareMode.RO));
            assertThat(b1().isUsedBy("user:bob")).isTrue();
            lab.releasing("b1", 1);
            assertThat(b1().shares()).isEmpty();
        }
    }

    @Nested
    class Definitions {

        @Test
        void aFreeBoardIsGoneWhenItIsRetired() {
            lab.defined("b1").happens(new BoardRetired(board("b1")));

            assertThat(b1()).isNull();
            assertThat(lab.boards.all()).isEmpty();
        }

        @Test
        void aTakenBoardGoesWhenNobodyHasItAnyMore() {
            lab.lent("b1", 1, "user:ann").happens(new BoardRetired(board("b1")));
            assertThat(b1().retiring()).isTrue();
            assertThat(b1().state()).isEqualTo(BoardState.RESERVED);

            lab.releasing("b1", 1).freed("b1", 1);
            assertThat(b1()).isNull();
        }

        @Test
        void aBoardThatIsConfiguredAgainStays() {
            lab.lent("b1", 1, "user:ann").happens(new BoardRetired(board("b1")));
            lab.defined("b1", "cora", Map.of());
            assertThat(b1().retiring()).isFalse();
            assertThat(b1().definition().brdclass()).isEqualTo("cora");
            assertThat(b1().reservation().id()).isEqualTo(id(1));

            lab.releasing("b1", 1).freed("b1", 1);
            assertThat(b1().state()).isEqualTo(BoardState.FREE);
        }

        @Test
        void aRetiringBoardThatTurnsOutFaultyGoesWithASecondRetirement() {
            lab.lent("b1", 1, "user:ann").happens(new BoardRetired(board("b1")));
            lab.releasing("b1", 1).happens(failed(1));
            assertThat(b1().state()).isEqualTo(BoardState.FAULTY);

            lab.happens(new BoardRetired(board("b1")));
            assertThat(b1()).isNull();
        }

        @Test
        void aBoardThatComesBackGoesOnWithItsVersionAndNothingElse() {
            lab.lent("b1", 1, "user:ann").releasing("b1", 1).freed("b1", 1);
            lab.happens(new PowerObserved(board("b1"), null, Power.ON)).happens(new BoardRetired(board("b1")));
            lab.defined("b1");

            assertThat(b1().version()).isEqualTo(7);
            assertThat(b1().power()).isEqualTo(Power.UNKNOWN);
            assertThat(b1().changedAt()).isEqualTo(lab.last().at());
        }
    }

    @Nested
    class Powers {

        @Test
        void anOperationIsUnderWayUntilItIsReadBack() {
            lab.defined("b1").happens(new PowerOrdered(board("b1"), OPERATION, PowerAction.ON));
            assertThat(b1().operation()).isEqualTo(OPERATION);

            lab.happens(new PowerObserved(board("b1"), null, Power.OFF));
            assertThat(b1().operation()).as("somebody only looked").isEqualTo(OPERATION);
            assertThat(b1().power()).isEqualTo(Power.OFF);

            lab.happens(new PowerObserved(board("b1"), OPERATION, Power.ON));
            assertThat(b1().operation()).isNull();
            assertThat(b1().power()).isEqualTo(Power.ON);
        }

        @Test
        void afterAFailureThePowerIsNotKnown() {
            lab.defined("b1").happens(new PowerObserved(board("b1"), null, Power.ON));
            lab.happens(new PowerOrdered(board("b1"), OPERATION, PowerAction.OFF));
            lab.happens(new PowerFailed(board("b1"), OPERATION, "lab.power-timeout", "no answer"));

            assertThat(b1().operation()).isNull();
            assertThat(b1().power()).isEqualTo(Power.UNKNOWN);
        }

        @Test
        void healthComesAndGoes() {
            lab.defined("b1").happens(new BoardEvent.BoardDegraded(board("b1"), "console lost"));
            assertThat(b1().degraded()).isEqualTo("console lost");
            lab.happens(new BoardEvent.BoardRecovered(board("b1")));
            assertThat(b1().degraded()).isNull();
        }
    }
}
