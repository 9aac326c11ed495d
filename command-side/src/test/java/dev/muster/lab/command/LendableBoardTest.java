package dev.muster.lab.command;

import static dev.muster.kernel.command.Refusals.refused;
import static dev.muster.lab.command.Samples.ANN;
import static dev.muster.lab.command.Samples.BOB;
import static dev.muster.lab.command.Samples.MAX_SECONDS;
import static dev.muster.lab.command.Samples.START;
import static dev.muster.lab.command.Samples.bare;
import static dev.muster.lab.command.Samples.definition;

import dev.muster.lab.BoardCommand.CompleteRelease;
import dev.muster.lab.BoardCommand.DefineBoard;
import dev.muster.lab.BoardCommand.ExtendReservation;
import dev.muster.lab.BoardCommand.FailPreparation;
import dev.muster.lab.BoardCommand.HandOverBoard;
import dev.muster.lab.BoardCommand.RecordScriptRun;
import dev.muster.lab.BoardCommand.RetireBoard;
import dev.muster.lab.BoardCommand.RetryRelease;
import dev.muster.lab.BoardCommand.ShareReservation;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardEvent.BoardDefined;
import dev.muster.lab.BoardEvent.BoardFreed;
import dev.muster.lab.BoardEvent.BoardRetired;
import dev.muster.lab.BoardEvent.PreparationFailed;
import dev.muster.lab.BoardEvent.ReservationExtended;
import dev.muster.lab.BoardEvent.ReservationShared;
import dev.muster.lab.BoardEvent.SetupScriptRan;
import dev.muster.lab.Environment;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.ScriptAction;
import dev.muster.lab.ScriptOutcome;
import dev.muster.lab.ShareMode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LendableBoardTest extends BoardStory {

    /** A run of the script is accounted for, and changes nothing. */
    @Nested
    class Accounting {

        private final BoardEvent ran =
                new SetupScriptRan(A, FIRST, ScriptAction.RESERVE, ScriptOutcome.DONE, 1200, "ab".repeat(32));

        @Test
        void aRunIsOnRecordWhateverTheStateOfTheBoard() {
            RecordScriptRun record =
                    new RecordScriptRun(A, FIRST, ScriptAction.RESERVE, ScriptOutcome.DONE, 1200, "ab".repeat(32));
            given(defined, reserved).when(record).expectEvents(ran);
            given(defined, maintained).when(record).expectEvents(ran);
        }

        @Test
        void theBoardIsAsBefore() {
            given(defined, reserved, ran)
                    .when(new HandOverBoard(A, FIRST, Environment.NONE))
                    .expectEvents(handedOver);
        }

        @Test
        void aBoardThatIsNotKnownHasNoAccount() {
            nothing(given().when(new RecordScriptRun(A, null, ScriptAction.RELEASE, ScriptOutcome.FAILED, 1, null)));
        }
    }

    @Nested
    class Configuring {

        @Test
        void aBoardIsDefinedOnceAndChangedWhenItDiffers() {
            given().when(new DefineBoard(A, definition("a64-1"))).expectEvents(defined);
            nothing(given(defined).when(new DefineBoard(A, definition("a64-1"))));
            given(defined, reserved)
                    .when(new DefineBoard(A, bare("a64-1")))
                    .expectEvents(new BoardDefined(A, bare("a64-1")));
        }

        @Test
        void aFreeBoardRetiresAtOnce() {
            given(defined).when(new RetireBoard(A)).expectEvents(new BoardRetired(A));
            nothing(given(defined, new BoardRetired(A)).when(new RetireBoard(A)));
            refused(given(defined, new BoardRetired(A)).when(reserve(1, ANN, 60)), LabRefusal.NO_SUCH_BOARD);
        }

        @Test
        void aTakenBoardRetiresWhenNobodyHasItAnyMore() {
            nothing(given(defined, reserved, handedOver, new BoardRetired(A)).when(new RetireBoard(A)));
            given(defined, reserved, handedOver, new BoardRetired(A))
                    .when(new ExtendReservation(A, ANN, START.plusSeconds(7200)))
                    .expectSuccessfulHandlerExecution();
            given(defined, reserved, wanted, new BoardRetired(A), releasing(ReleaseReason.RELEASED))
                    .when(new CompleteRelease(A, RELEASE))
                    .expectEvents(new BoardFreed(A, FIRST));
            refused(
                    given(
                                    defined,
                                    reserved,
                                    new BoardRetired(A),
                                    releasing(ReleaseReason.RELEASED),
                                    new BoardFreed(A, FIRST))
                            .when(reserve(2, BOB, 60)),
                    LabRefusal.NO_SUCH_BOARD);
        }

        @Test
        void aBoardThatIsConfiguredAgainStays() {
            given(defined, reserved, new BoardRetired(A))
                    .when(new DefineBoard(A, definition("a64-1")))
                    .expectEvents(defined);
            given(
                            defined,
                            reserved,
                            new BoardRetired(A),
                            defined,
                            releasing(ReleaseReason.RELEASED),
                            new BoardFreed(A, FIRST))
                    .when(reserve(2, BOB, 60))
                    .expectSuccessfulHandlerExecution();
        }
    }

    @Nested
    class Reserving {

        @Test
        void aFreeBoardIsPrepared() {
            given(defined).when(reserve(1, ANN, 3600)).expectEvents(reserved).expectResultMessagePayload(true);
        }

        @Test
        void theSameOrderAgainChangesNothing() {
            given(defined, reserved)
                    .when(reserve(1, ANN, 3700))
                    .expectNoEvents()
                    .expectResultMessagePayload(true);
            given(defined, reserved, handedOver).when(reserve(1, ANN, 3600)).expectNoEvents();
        }

        @Test
        void aBoardThatSomebodyHasIsRefused() {
            refused(given(defined, reserved).when(reserve(2, BOB, 60)), LabRefusal.RESERVED);
            refused(given(defined, reserved, handedOver).when(reserve(2, ANN, 60)), LabRefusal.RESERVED);
            refused(
                    given(defined, reserved, releasing(ReleaseReason.RELEASED)).when(reserve(1, ANN, 60)),
                    LabRefusal.RESERVED);
        }

        @Test
        void aBoardOutOfServiceIsRefused() {
            refused(given(defined, maintained).when(reserve(1, ANN, 60)), LabRefusal.OUT_OF_SERVICE);
            refused(
                    given(defined, reserved, releasing(ReleaseReason.RELEASED), failed)
                            .when(reserve(2, ANN, 60)),
                    LabRefusal.OUT_OF_SERVICE);
        }

        @Test
        void moreTimeThanTheBoardAllowsIsRefused() {
            given(defined).when(reserve(1, ANN, MAX_SECONDS)).expectSuccessfulHandlerExecution();
            refused(given(defined).when(reserve(1, ANN, MAX_SECONDS + 1)), LabRefusal.OVER_LIMIT);
            refused(given(defined).when(reserve(1, ANN, 0)), LabRefusal.BAD_VALUE);
        }

        @Test
        void anUnknownBoardIsRefused() {
            refused(given().when(reserve(1, ANN, 60)), LabRefusal.NO_SUCH_BOARD);
        }
    }

    @Nested
    class Preparing {

        @Test
        void aReadyBoardIsHandedOver() {
            given(defined, reserved)
                    .when(new HandOverBoard(A, FIRST, Environment.NONE))
                    .expectEvents(handedOver);
        }

        @Test
        void aFailureIsCleanedUpInTheSameMoment() {
            starts(
                    given(defined, reserved).when(new FailPreparation(A, FIRST, "lab.setup-failed", "no address")),
                    FIRST,
                    ReleaseReason.NOT_PREPARED,
                    1,
                    new PreparationFailed(A, FIRST, "lab.setup-failed", "no address"));
        }

        @Test
        void whatComesTooLateOrOfAnotherReservationChangesNothing() {
            nothing(given(defined, reserved).when(new HandOverBoard(A, SECOND, Environment.NONE)));
            nothing(given(defined, reserved, handedOver).when(new HandOverBoard(A, FIRST, Environment.NONE)));
            nothing(given(defined, reserved, releasing(ReleaseReason.KICKED))
                    .when(new HandOverBoard(A, FIRST, Environment.NONE)));
            nothing(given(defined, reserved).when(new FailPreparation(A, SECOND, "c", "m")));
            nothing(given(defined, reserved, handedOver).when(new FailPreparation(A, FIRST, "c", "m")));
            nothing(given(defined).when(new FailPreparation(A, FIRST, "c", "m")));
            nothing(given().when(new HandOverBoard(A, FIRST, Environment.NONE)));
        }

        @Test
        void anInterruptedPreparationIsReleased() {
            starts(
                    given(defined, reserved).when(new RetryRelease(A, ReleaseReason.INTERRUPTED)),
                    FIRST,
                    ReleaseReason.INTERRUPTED,
                    1);
            nothing(given(defined, reserved).when(new RetryRelease(A, ReleaseReason.RETURNED)));
        }
    }

    @Nested
    class Holding {

        @Test
        void theHolderExtendsUpToTheLimitFromTheBeginning() {
            given(defined, reserved, handedOver)
                    .when(new ExtendReservation(A, ANN, START.plusSeconds(MAX_SECONDS)))
                    .expectEvents(new ReservationExtended(A, FIRST, START.plusSeconds(MAX_SECONDS)));
            refused(
                    given(defined, reserved, handedOver)
                            .when(new ExtendReservation(A, ANN, START.plusSeconds(MAX_SECONDS + 1))),
                    LabRefusal.OVER_LIMIT);
            nothing(given(defined, reserved, handedOver).when(new ExtendReservation(A, ANN, START.plusSeconds(3600))));
            refused(
                    given(defined, reserved, handedOver).when(new ExtendReservation(A, ANN, START.plusSeconds(60))),
                    LabRefusal.BAD_VALUE);
        }

        @Test
        void onlyTheHolderOfAReservedBoardExtendsAndShares() {
            refused(
                    given(defined, reserved, handedOver).when(new ExtendReservation(A, BOB, START.plusSeconds(7200))),
                    LabRefusal.NOT_HOLDER);
            refused(
                    given(defined, reserved).when(new ExtendReservation(A, ANN, START.plusSeconds(7200))),
                    LabRefusal.NOT_RESERVED);
            refused(
                    given(defined, reserved, handedOver).when(new ShareReservation(A, BOB, ANN, ShareMode.RO)),
                    LabRefusal.NOT_HOLDER);
            refused(given(defined).when(new ShareReservation(A, ANN, BOB, ShareMode.RO)), LabRefusal.NOT_RESERVED);
        }

        @Test
        void sharingIsToldOnce() {
            ReservationShared shared = new ReservationShared(A, FIRST, BOB, ShareMode.RW);
            given(defined, reserved, handedOver)
                    .when(new ShareReservation(A, ANN, BOB, ShareMode.RW))
                    .expectEvents(shared);
            nothing(given(defined, reserved, handedOver, shared).when(new ShareReservation(A, ANN, BOB, ShareMode.RW)));
            given(defined, reserved, handedOver, shared)
                    .when(new ShareReservation(A, ANN, BOB, null))
                    .expectEvents(new ReservationShared(A, FIRST, BOB, null));
            nothing(given(defined, reserved, handedOver).when(new ShareReservation(A, ANN, BOB, null)));
            refused(
                    given(defined, reserved, handedOver).when(new ShareReservation(A, ANN, ANN, ShareMode.RO)),
                    LabRefusal.BAD_VALUE);
        }
    }
}
