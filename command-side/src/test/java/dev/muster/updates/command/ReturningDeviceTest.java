package dev.muster.updates.command;

import static dev.muster.updates.UpdatesRefusal.NUMBER_OUT_OF_ORDER;

import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.DeclareInstalled;
import dev.muster.updates.ActionCommand.WithdrawActions;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.AutoConfirmActivated;
import dev.muster.updates.ActionEvent.AutoConfirmDeactivated;
import dev.muster.updates.ActionEvent.InstalledDeclared;
import dev.muster.updates.ActionType;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A device that was decommissioned and is back: it starts afresh, and its numbers go on. */
class ReturningDeviceTest extends DeviceActionsStory {

    private static final Instant BEFORE = NOW.minus(Duration.ofDays(30));
    private static final Instant BACK = NOW.minus(Duration.ofDays(1));

    private TestExecutor<DeviceActions> before(Object... events) {
        return fixture.givenCurrentTime(BEFORE).andGiven(events).andGivenCurrentTime(NOW);
    }

    private static AssignRelease again(int action, ReleaseRef release) {
        return assign(action, release, ActionType.FORCED, false, false, null, BACK);
    }

    @Nested
    class Assigning {

        @Test
        void whatItHadInstalledIsGivenToItAgain() {
            before(assigned(7, ONE), finished(7, ONE))
                    .when(again(8, ONE))
                    .expectResultMessagePayload(new Assigned(8, true))
                    .expectEvents(assigned(8, ONE));
        }

        @Test
        void whatItInstallsFromNowOnIsNot() {
            before(assigned(7, TWO), finished(7, TWO))
                    .andGiven(assigned(8, ONE), finished(8, ONE))
                    .when(again(9, ONE))
                    .expectResultMessagePayload(new Assigned(8, false))
                    .expectNoEvents();
        }

        @Test
        void aCancelDoesNotLeadBackToWhatItHadBefore() {
            before(assigned(7, ONE), finished(7, ONE))
                    .andGiven(assigned(8, TWO), withdrawn(8, TWO))
                    .when(again(9, ONE))
                    .expectEvents(assigned(9, ONE));
        }

        @Test
        void whatWasUnderWayIsNeitherFoundNorAskedToStop() {
            before(assigned(7, ONE)).when(again(8, ONE)).expectEvents(assigned(8, ONE));
            before(assigned(7, ONE)).when(again(8, TWO)).expectEvents(assigned(8, TWO));
        }

        @Test
        void aLateWordOnWhatItWasGivenBeforeInstallsNothingNow() {
            before(assigned(7, ONE))
                    .andGiven(finished(7, ONE))
                    .when(again(8, ONE))
                    .expectEvents(assigned(8, ONE));
        }

        @Test
        void consentGivenBeforeIsAskedForAgain() {
            before(new AutoConfirmActivated(ROBOT, "ann", null, BEFORE))
                    .when(assign(8, ONE, ActionType.FORCED, true, false, null, BACK))
                    .expectEvents(assigned(8, ONE, ActionType.FORCED, true, false));
            before().andGiven(new AutoConfirmActivated(ROBOT, "ann", null, NOW))
                    .when(assign(8, ONE, ActionType.FORCED, true, false, null, BACK))
                    .expectEvents(assigned(8, ONE));
        }

        @Test
        void numbersOnlyGrow() {
            refused(before(assigned(7, ONE), finished(7, ONE)).when(again(6, ONE)), NUMBER_OUT_OF_ORDER);
        }

        @Test
        void aRolloutServesAnIdOnce() {
            RolloutId rollout = new RolloutId(new UUID(1, 2));
            ActionAssigned given = assigned(7, ONE, ActionType.FORCED, false, false, rollout, null, null, null);
            before(given, new ActionFailed(ROBOT, 7, ONE, false, null, List.of(), null, rollout, 0, null, null))
                    .when(assign(8, ONE, ActionType.FORCED, false, false, rollout, BACK))
                    .expectResultMessagePayload(new Assigned(7, true))
                    .expectNoEvents();
        }
    }

    @Test
    void whatItSaysToRunIsNewsAgain() {
        before(new InstalledDeclared(ROBOT, 7, ONE))
                .when(new DeclareInstalled(ROBOT, 8, ONE, BACK))
                .expectResultMessagePayload(new Assigned(8, true))
                .expectEvents(new InstalledDeclared(ROBOT, 8, ONE));
        before().andGiven(new InstalledDeclared(ROBOT, 7, ONE))
                .when(new DeclareInstalled(ROBOT, 8, ONE, BACK))
                .expectResultMessagePayload(new Assigned(7, false))
                .expectNoEvents();
    }

    @Nested
    class Leaving {

        @Test
        void endsWhatIsUnderWayAndItsConsent() {
            before(assigned(7, ONE), new AutoConfirmActivated(ROBOT, null, null, BEFORE))
                    .when(new WithdrawActions(ROBOT, null))
                    .expectEvents(withdrawn(7, ONE), new AutoConfirmDeactivated(ROBOT));
        }

        @Test
        void heardLateItLeavesAloneWhatTheDeviceGotSinceItIsBack() {
            before(assigned(7, ONE))
                    .andGiven(assigned(8, TWO), new AutoConfirmActivated(ROBOT, null, null, NOW))
                    .when(new WithdrawActions(ROBOT, BACK))
                    .expectEvents(withdrawn(7, ONE));
        }

        @Test
        void heardTwiceItEndsNothingMore() {
            before(assigned(7, ONE), withdrawn(7, ONE))
                    .when(new WithdrawActions(ROBOT, null))
                    .expectNoEvents();
        }
    }
}
