package dev.muster.updates.command;

import static dev.muster.updates.UpdatesRefusal.ACTION_NOT_CANCELING;

import dev.muster.updates.ActionCommand.CancelAction;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionEvent.ActionCanceled;
import dev.muster.updates.ActionEvent.CancelProgressed;
import dev.muster.updates.ActionEvent.CancelRejected;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.Feedback.Execution;
import dev.muster.updates.Feedback.Finished;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Asking a device to stop. */
class CancelingTest extends DeviceActionsStory {

    @Test
    void closedConfirmsTheCancelAndSayingItAgainIsFine() {
        fixture.given(assigned(7, ONE), canceling(7))
                .when(cancelFeedback(7, Execution.CLOSED, Finished.SUCCESS))
                .expectEvents(new ActionCanceled(ROBOT, 7, ONE, false, null, List.of(), null, null, null));
        fixture.given(
                        assigned(7, ONE),
                        canceling(7),
                        new ActionCanceled(ROBOT, 7, ONE, false, null, List.of(), null, null, null))
                .when(cancelFeedback(7, Execution.CLOSED, Finished.SUCCESS))
                .expectNoEvents();
    }

    @Test
    void rejectedOrFailedGoesBackToTheUpdate() {
        fixture.given(assigned(7, ONE), canceling(7))
                .when(cancelFeedback(7, Execution.REJECTED, Finished.NONE))
                .expectEvents(new CancelRejected(ROBOT, 7, ActionStatus.CANCEL_REJECTED, null, List.of()));
        fixture.given(assigned(7, ONE), canceling(7))
                .when(cancelFeedback(7, Execution.CLOSED, Finished.FAILURE))
                .expectEvents(new CancelRejected(ROBOT, 7, ActionStatus.ERROR, null, List.of()));
    }

    @Test
    void canceledIsNoConfirmation() {
        fixture.given(assigned(7, ONE), canceling(7))
                .when(cancelFeedback(7, Execution.CANCELED, Finished.NONE))
                .expectEvents(new CancelProgressed(ROBOT, 7, ActionStatus.WARNING, null, List.of()));
    }

    @Test
    void aDeviceMayWinTheRace() {
        fixture.given(assigned(7, ONE), canceling(7))
                .when(feedback(7, Execution.CLOSED, Finished.SUCCESS))
                .expectEvents(finished(7, ONE));
    }

    @Test
    void aCancelThatNobodyAskedForIsRefused() {
        refused(
                fixture.given(assigned(7, ONE)).when(cancelFeedback(7, Execution.CLOSED, Finished.SUCCESS)),
                ACTION_NOT_CANCELING);
    }

    @Test
    void onlyWhatWasAskedToStopCanBeForced() {
        refused(
                fixture.given(assigned(7, ONE)).when(new CancelAction(ROBOT, 7, true, CancelCause.OPERATOR)),
                ACTION_NOT_CANCELING);
        fixture.given(assigned(7, ONE), canceling(7))
                .when(new CancelAction(ROBOT, 7, true, CancelCause.OPERATOR))
                .expectEvents(withdrawn(7, ONE));
    }
}
