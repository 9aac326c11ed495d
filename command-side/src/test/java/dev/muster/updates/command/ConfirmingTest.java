package dev.muster.updates.command;

import static dev.muster.updates.UpdatesRefusal.ACTION_NOT_WAITING;
import static dev.muster.updates.UpdatesRefusal.ACTION_WAITS_FOR_CONFIRMATION;
import static dev.muster.updates.UpdatesRefusal.AUTO_CONFIRM_ALREADY_ACTIVE;

import dev.muster.updates.ActionCommand.ActivateAutoConfirm;
import dev.muster.updates.ActionCommand.DeactivateAutoConfirm;
import dev.muster.updates.ActionCommand.ReportConfirmation;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionConfirmed;
import dev.muster.updates.ActionEvent.ActionDenied;
import dev.muster.updates.ActionEvent.AutoConfirmActivated;
import dev.muster.updates.ActionType;
import dev.muster.updates.Feedback.Execution;
import dev.muster.updates.Feedback.Finished;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The consent of people at devices. */
class ConfirmingTest extends DeviceActionsStory {

    private final ActionAssigned waiting = assigned(7, ONE, ActionType.FORCED, true, false);

    @Test
    void aWaitingActionTakesNoFeedback() {
        refused(
                fixture.given(waiting).when(feedback(7, Execution.PROCEEDING, Finished.NONE)),
                ACTION_WAITS_FOR_CONFIRMATION);
    }

    @Test
    void consentIsGivenDeniedAndTakenBack() {
        fixture.given(waiting)
                .when(new ReportConfirmation(ROBOT, 7, true, 10, List.of("ok"), true))
                .expectEvents(new ActionConfirmed(ROBOT, 7, 10, List.of("ok"), false));
        fixture.given(waiting)
                .when(new ReportConfirmation(ROBOT, 7, false, null, List.of(), true))
                .expectEvents(new ActionDenied(ROBOT, 7, null, List.of()));
        fixture.given(waiting, new ActionConfirmed(ROBOT, 7, null, List.of(), false))
                .when(new ReportConfirmation(ROBOT, 7, false, null, List.of(), true))
                .expectEvents(new ActionDenied(ROBOT, 7, null, List.of()));
    }

    @Test
    void withoutTheFlowConsentCannotBeTakenBack() {
        refused(
                fixture.given(assigned(7, ONE)).when(new ReportConfirmation(ROBOT, 7, false, null, List.of(), false)),
                ACTION_NOT_WAITING);
    }

    @Test
    void autoConfirmReleasesWhatWaitsAndWhatComes() {
        fixture.given(waiting)
                .when(new ActivateAutoConfirm(ROBOT, "ann", null))
                .expectEvents(
                        new AutoConfirmActivated(ROBOT, "ann", null, NOW),
                        new ActionConfirmed(ROBOT, 7, null, List.of(), true));
        fixture.given(new AutoConfirmActivated(ROBOT, null, null, NOW))
                .when(assign(8, TWO, ActionType.FORCED, true, false, null))
                .expectEvents(assigned(8, TWO));
        refused(
                fixture.given(new AutoConfirmActivated(ROBOT, null, null, NOW))
                        .when(new ActivateAutoConfirm(ROBOT, null, null)),
                AUTO_CONFIRM_ALREADY_ACTIVE);
    }

    @Test
    void turningAutoConfirmOffTwiceOrBeforeAnythingIsFine() {
        fixture.givenNoPriorActivity()
                .when(new DeactivateAutoConfirm(ROBOT))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }
}
