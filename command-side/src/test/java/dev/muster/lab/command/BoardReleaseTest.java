package dev.muster.lab.command;

import static dev.muster.kernel.command.Refusals.refused;
import static dev.muster.lab.command.Samples.ANN;
import static dev.muster.lab.command.Samples.BOB;
import static dev.muster.lab.command.Samples.START;
import static dev.muster.lab.command.Samples.reservation;

import dev.muster.lab.BoardCommand.CompleteRelease;
import dev.muster.lab.BoardCommand.FailRelease;
import dev.muster.lab.BoardCommand.MaintainBoard;
import dev.muster.lab.BoardCommand.ReleaseBoard;
import dev.muster.lab.BoardCommand.RetryRelease;
import dev.muster.lab.BoardCommand.ReturnBoard;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardEvent.BoardFreed;
import dev.muster.lab.BoardEvent.BoardReserved;
import dev.muster.lab.BoardEvent.ReleaseStarted;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.ReleaseReason;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BoardReleaseTest extends BoardStory {

    @Nested
    class Releasing {

        private ReleaseBoard by(String who) {
            return new ReleaseBoard(A, who, null, ReleaseReason.RELEASED);
        }

        @Test
        void theHolderAndAnAdministratorTakeItBack() {
            starts(given(defined, reserved, handedOver).when(by(ANN)), FIRST, ReleaseReason.RELEASED, 1);
            starts(given(defined, reserved).when(by(ANN)), FIRST, ReleaseReason.RELEASED, 1);
            starts(
                    given(defined, reserved, handedOver).when(new ReleaseBoard(A, null, null, ReleaseReason.KICKED)),
                    FIRST,
                    ReleaseReason.KICKED,
                    1);
            refused(given(defined, reserved, handedOver).when(by(BOB)), LabRefusal.NOT_HOLDER);
        }

        @Test
        void sayingItTwiceChangesNothing() {
            nothing(given(defined, reserved, handedOver, releasing(ReleaseReason.RELEASED))
                    .when(by(ANN)));
            refused(
                    given(defined, reserved, handedOver, releasing(ReleaseReason.RELEASED))
                            .when(by(BOB)),
                    LabRefusal.NOT_RESERVED);
            refused(given(defined).when(by(ANN)), LabRefusal.NOT_RESERVED);
            refused(given(defined, maintained).when(by(ANN)), LabRefusal.NOT_RESERVED);
        }

        @Test
        void anExpiryEndsItsReservationOnlyAndNotBeforeItsTime() {
            ReleaseBoard expiry = new ReleaseBoard(A, null, FIRST, ReleaseReason.EXPIRED);
            BoardEvent longAgo = new BoardReserved(A, reservation(1, ANN, java.time.Instant.EPOCH));
            starts(given(defined, longAgo, handedOver).when(expiry), FIRST, ReleaseReason.EXPIRED, 1);
            BoardEvent farOff = new BoardReserved(A, reservation(1, ANN, START.plusSeconds(1_000_000_000)));
            nothing(given(defined, farOff, handedOver).when(expiry));
            nothing(given(defined, longAgo, handedOver).when(new ReleaseBoard(A, null, SECOND, ReleaseReason.EXPIRED)));
            nothing(given(defined).when(expiry));
        }

        @Test
        void aCleanedBoardIsFree() {
            given(defined, reserved, handedOver, releasing(ReleaseReason.RELEASED))
                    .when(new CompleteRelease(A, RELEASE))
                    .expectEvents(new BoardFreed(A, FIRST));
        }

        @Test
        void whatCannotBeCleanedIsFaulty() {
            given(defined, reserved, releasing(ReleaseReason.NOT_PREPARED))
                    .when(new FailRelease(A, RELEASE, "lab.release-failed", "exit 1"))
                    .expectEvents(failed);
        }

        @Test
        void whatComesTooLateOrOfAnotherReleaseChangesNothing() {
            BoardEvent[] faulty = {defined, reserved, releasing(ReleaseReason.RELEASED), failed};
            nothing(given(defined, reserved, releasing(ReleaseReason.RELEASED)).when(new CompleteRelease(A, OTHER)));
            nothing(given(defined, reserved, releasing(ReleaseReason.RELEASED))
                    .when(new FailRelease(A, OTHER, "c", "m")));
            nothing(given(faulty).when(new CompleteRelease(A, RELEASE)));
            nothing(given(faulty).when(new FailRelease(A, RELEASE, "c", "m")));
            nothing(given(defined).when(new CompleteRelease(A, RELEASE)));
            nothing(given().when(new CompleteRelease(A, RELEASE)));
        }

        @Test
        void aFaultIsTriedAgainAndCounted() {
            BoardEvent[] faulty = {defined, reserved, releasing(ReleaseReason.RELEASED), failed};
            starts(given(faulty).when(new RetryRelease(A, ReleaseReason.RETURNED)), FIRST, ReleaseReason.RETURNED, 2);
            starts(given(faulty).when(new ReturnBoard(A)), FIRST, ReleaseReason.RETURNED, 2);
        }

        @Test
        void anInterruptedReleaseBeginsAnewUnderAnotherName() {
            starts(
                    given(defined, reserved, releasing(ReleaseReason.RELEASED))
                            .when(new RetryRelease(A, ReleaseReason.INTERRUPTED)),
                    FIRST,
                    ReleaseReason.INTERRUPTED,
                    2);
            nothing(given(defined, reserved, releasing(ReleaseReason.RELEASED))
                    .when(new RetryRelease(A, ReleaseReason.RETURNED)));
            nothing(given(defined, reserved, handedOver).when(new RetryRelease(A, ReleaseReason.INTERRUPTED)));
            nothing(given(defined).when(new RetryRelease(A, ReleaseReason.INTERRUPTED)));
        }
    }

    @Nested
    class Maintaining {

        @Test
        void aBoardThatNobodyHasIsTakenOutAtOnce() {
            given(defined).when(new MaintainBoard(A, "new fan", false)).expectEvents(maintained);
            given(defined, reserved, releasing(ReleaseReason.RELEASED), failed)
                    .when(new MaintainBoard(A, "new fan", false))
                    .expectEvents(maintained);
            nothing(given(defined, maintained).when(new MaintainBoard(A, "new fan", true)));
        }

        @Test
        void aTakenBoardIsTakenOutAfterItsReservation() {
            given(defined, reserved, handedOver)
                    .when(new MaintainBoard(A, "new fan", false))
                    .expectEvents(wanted);
            nothing(given(defined, reserved, handedOver, wanted).when(new MaintainBoard(A, "new fan", false)));
            given(defined, reserved, handedOver, wanted, releasing(ReleaseReason.RELEASED))
                    .when(new CompleteRelease(A, RELEASE))
                    .expectEvents(new BoardFreed(A, FIRST), maintained);
        }

        @Test
        void withForceTheReservationEndsAtOnce() {
            starts(
                    given(defined, reserved, handedOver).when(new MaintainBoard(A, "new fan", true)),
                    FIRST,
                    ReleaseReason.MAINTENANCE,
                    1,
                    wanted);
            starts(
                    given(defined, reserved, handedOver, wanted).when(new MaintainBoard(A, "new fan", true)),
                    FIRST,
                    ReleaseReason.MAINTENANCE,
                    1);
            given(defined, reserved, handedOver, releasing(ReleaseReason.RELEASED))
                    .when(new MaintainBoard(A, "new fan", true))
                    .expectEvents(wanted);
        }

        @Test
        void aWishOutlivesAFailureButNotAReturn() {
            BoardEvent again = new ReleaseStarted(A, OTHER, FIRST, ReleaseReason.MAINTENANCE, 2);
            given(defined, reserved, wanted, releasing(ReleaseReason.RELEASED), failed, again)
                    .when(new CompleteRelease(A, OTHER))
                    .expectEvents(new BoardFreed(A, FIRST), maintained);
            BoardEvent returned = new ReleaseStarted(A, OTHER, FIRST, ReleaseReason.RETURNED, 2);
            given(defined, reserved, wanted, releasing(ReleaseReason.RELEASED), failed, returned)
                    .when(new CompleteRelease(A, OTHER))
                    .expectEvents(new BoardFreed(A, FIRST));
        }

        @Test
        void aReturnedBoardIsCleanedUpFirst() {
            starts(given(defined, maintained).when(new ReturnBoard(A)), null, ReleaseReason.RETURNED, 1);
            nothing(given(defined).when(new ReturnBoard(A)));
            nothing(given(defined, reserved, handedOver).when(new ReturnBoard(A)));
        }
    }
}
