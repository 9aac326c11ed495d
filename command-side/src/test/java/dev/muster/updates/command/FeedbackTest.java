package dev.muster.updates.command;

import static dev.muster.updates.UpdatesRefusal.ACTION_CLOSED;
import static dev.muster.updates.UpdatesRefusal.ACTION_UNKNOWN;
import static dev.muster.updates.UpdatesRefusal.QUOTA_EXCEEDED;

import dev.muster.updates.ActionCommand.ExpireAction;
import dev.muster.updates.ActionCommand.MarkRetrieved;
import dev.muster.updates.ActionEvent.ActionDownloaded;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionRetrieved;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.Feedback.Execution;
import dev.muster.updates.Feedback.Finished;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a device reports of an action, and what its silence says. */
class FeedbackTest extends DeviceActionsStory {

    @Test
    void closedWithSuccessOrNoneFinishesWhateverItsClock() {
        fixture.given(assigned(7, ONE))
                .when(feedback(7, Execution.CLOSED, Finished.SUCCESS))
                .expectEvents(finished(7, ONE));
        fixture.given(assigned(7, ONE))
                .when(feedback(7, Execution.CLOSED, Finished.NONE))
                .expectEvents(finished(7, ONE));
        fixture.given(assigned(7, ONE))
                .when(feedback(7, Execution.CLOSED, Finished.FAILURE))
                .expectEvents(failed(7, ONE));
    }

    @Test
    void everyOtherWordIsAnEntry() {
        List<Execution> words = List.of(
                Execution.PROCEEDING,
                Execution.SCHEDULED,
                Execution.RESUMED,
                Execution.CANCELED,
                Execution.REJECTED,
                Execution.DOWNLOAD,
                Execution.DOWNLOADED);
        List<ActionStatus> entries = List.of(
                ActionStatus.RUNNING,
                ActionStatus.RUNNING,
                ActionStatus.RUNNING,
                ActionStatus.CANCELED,
                ActionStatus.WARNING,
                ActionStatus.DOWNLOAD,
                ActionStatus.DOWNLOADED);
        for (int i = 0; i < words.size(); i++) {
            fixture.given(assigned(7, ONE))
                    .when(feedback(7, words.get(i), Finished.NONE))
                    .expectEvents(progressed(7, entries.get(i)));
        }
    }

    @Test
    void aDownloadOnlyActionEndsWhenDownloaded() {
        fixture.given(assigned(7, ONE, ActionType.DOWNLOAD_ONLY, false, false))
                .when(feedback(7, Execution.DOWNLOADED, Finished.SUCCESS))
                .expectEvents(new ActionDownloaded(ROBOT, 7, ONE, null, List.of(), null, null, null));
    }

    @Test
    void whatHasEndedIsGoneAndWhatNeverWasIsUnknown() {
        refused(
                fixture.given(assigned(7, ONE), failed(7, ONE)).when(feedback(7, Execution.CLOSED, Finished.SUCCESS)),
                ACTION_CLOSED);
        refused(fixture.givenNoPriorActivity().when(feedback(7, Execution.CLOSED, Finished.SUCCESS)), ACTION_UNKNOWN);
    }

    @Test
    void theQuotaNeverRefusesAClosingWord() {
        List<Object> full = new ArrayList<>(List.of(assigned(7, ONE)));
        for (int i = 1; i < FeedbackDecision.ENTRIES_MAX; i++) {
            full.add(progressed(7, ActionStatus.RUNNING));
        }
        refused(fixture.given(full).when(feedback(7, Execution.PROCEEDING, Finished.NONE)), QUOTA_EXCEEDED);
        fixture.given(full)
                .when(feedback(7, Execution.CLOSED, Finished.SUCCESS))
                .expectEvents(finished(7, ONE));
    }

    @Test
    void readingIsToldOnceInARowAndNeverOfAClosedAction() {
        fixture.given(assigned(7, ONE))
                .when(new MarkRetrieved(ROBOT, 7, false))
                .expectEvents(new ActionRetrieved(ROBOT, 7, false));
        fixture.given(assigned(7, ONE), new ActionRetrieved(ROBOT, 7, false))
                .when(new MarkRetrieved(ROBOT, 7, false))
                .expectNoEvents();
        fixture.given(assigned(7, ONE), finished(7, ONE))
                .when(new MarkRetrieved(ROBOT, 7, false))
                .expectNoEvents();
    }

    @Test
    void silenceFailsWhatIsStillOpenAndNothingElse() {
        fixture.given(assigned(7, ONE))
                .when(new ExpireAction(ROBOT, 7))
                .expectEvents(new ActionFailed(
                        ROBOT,
                        7,
                        ONE,
                        true,
                        null,
                        List.of("Update Server: The device did not finish in time."),
                        null,
                        null,
                        null,
                        null,
                        null));
        fixture.given(assigned(7, ONE), finished(7, ONE))
                .when(new ExpireAction(ROBOT, 7))
                .expectNoEvents();
    }
}
