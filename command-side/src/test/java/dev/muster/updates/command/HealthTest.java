package dev.muster.updates.command;

import static dev.muster.updates.UpdatesRefusal.ACTION_CLOSED;
import static dev.muster.updates.UpdatesRefusal.ACTION_NOT_CANCELABLE;

import dev.muster.updates.ActionCommand.CancelAction;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionCommand.DeclareInstalled;
import dev.muster.updates.ActionCommand.ExpireAction;
import dev.muster.updates.ActionCommand.ExpireHealth;
import dev.muster.updates.ActionCommand.MarkRetrieved;
import dev.muster.updates.ActionCommand.ProveHealth;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCanceled;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ActionEvent.ActionInstalled;
import dev.muster.updates.ActionEvent.ActionRetrieved;
import dev.muster.updates.ActionEvent.OtherVersionReported;
import dev.muster.updates.ActionType;
import dev.muster.updates.Feedback.Execution;
import dev.muster.updates.Feedback.Finished;
import java.time.Duration;
import java.util.List;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.Test;

/** Whether a device is well after an update; releases here have the versions 1 and 2. */
class HealthTest extends DeviceActionsStory {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final ActionRetrieved READ = new ActionRetrieved(ROBOT, 7, false);

    /** All of it happened now: what is reported is told apart by time. */
    private TestExecutor<DeviceActions> was(Object... events) {
        return fixture.givenCurrentTime(NOW).andGiven(events);
    }

    private static ActionAssigned careful(int action, ActionType type) {
        return assigned(action, TWO, type, false, false, null, null, TEN_MINUTES, null);
    }

    private static ActionAssigned careful(int action) {
        return careful(action, ActionType.FORCED);
    }

    private static ActionInstalled installed(int action) {
        return new ActionInstalled(ROBOT, action, TWO, null, List.of(), null, NOW.plus(TEN_MINUTES), null, null);
    }

    private static ActionEvent proven(int action, String version) {
        return new ActionFinished(
                ROBOT,
                action,
                TWO,
                null,
                List.of("Update Server: The device reports version " + version + "."),
                null,
                null,
                null,
                true);
    }

    private static ProveHealth reports(String version) {
        return new ProveHealth(ROBOT, version, NOW);
    }

    @Test
    void theFirstWordIsNotTheEnd() {
        was(careful(7), READ)
                .when(feedback(7, Execution.CLOSED, Finished.SUCCESS))
                .expectEvents(installed(7));
    }

    @Test
    void theReportedVersionIs() {
        was(careful(7), READ, installed(7)).when(reports("2")).expectEvents(proven(7, "2"));
        was(careful(7), READ, installed(7)).when(reports("2.0.0")).expectEvents(proven(7, "2.0.0"));
    }

    @Test
    void anotherVersionIsNotedOnceAndSaysNothingYet() {
        was(careful(7), READ, installed(7)).when(reports("1")).expectEvents(new OtherVersionReported(ROBOT, 7, "1"));
        was(careful(7), READ, installed(7), new OtherVersionReported(ROBOT, 7, "1"))
                .when(reports("1"))
                .expectNoEvents();
        was(careful(7), READ, installed(7), new OtherVersionReported(ROBOT, 7, "1"))
                .when(reports("2"))
                .expectEvents(proven(7, "2"));
    }

    @Test
    void aDeviceMayReportBeforeItSaysThatItIsDone() {
        was(careful(7), READ, new OtherVersionReported(ROBOT, 7, "2"))
                .when(feedback(7, Execution.CLOSED, Finished.SUCCESS))
                .expectEvents(finished(7, TWO));
        was(careful(7), READ).when(reports("2")).expectEvents(new OtherVersionReported(ROBOT, 7, "2"));
    }

    @Test
    void whatItReportedBeforeItReadTheActionProvesNothing() {
        was(careful(7)).when(reports("2")).expectNoEvents();
        was(careful(7), READ)
                .when(new ProveHealth(ROBOT, "2", NOW.minusSeconds(1)))
                .expectNoEvents();
    }

    @Test
    void withoutThePolicyAReportIsNoMatter() {
        was(assigned(7, TWO), READ).when(reports("2")).expectNoEvents();
    }

    @Test
    void whatIsOnlyDownloadedHasNothingToProve() {
        was(careful(7, ActionType.DOWNLOAD_ONLY), READ)
                .when(feedback(7, Execution.CLOSED, Finished.SUCCESS))
                .expectEvents(finished(7, TWO));
    }

    @Test
    void aDeviceThatDeclaresTheReleaseProvesIt() {
        was(careful(7), READ, installed(7))
                .when(new DeclareInstalled(ROBOT, 8, TWO, null))
                .expectEvents(proven(7, "2"));
    }

    @Test
    void forTheDeviceItIsOverButForAFailure() {
        refused(
                was(careful(7), READ, installed(7)).when(feedback(7, Execution.CLOSED, Finished.SUCCESS)),
                ACTION_CLOSED);
        refused(
                was(careful(7), READ, installed(7)).when(feedback(7, Execution.PROCEEDING, Finished.NONE)),
                ACTION_CLOSED);
        was(careful(7), READ, installed(7))
                .when(feedback(7, Execution.CLOSED, Finished.FAILURE))
                .expectEvents(new ActionFailed(ROBOT, 7, TWO, false, null, List.of(), null, null, null, null, true));
        was(careful(7), READ, installed(7))
                .when(new MarkRetrieved(ROBOT, 7, false))
                .expectNoEvents();
    }

    @Test
    void silenceIsCountedNoMoreAndThereIsNothingToStop() {
        was(careful(7), READ, installed(7)).when(new ExpireAction(ROBOT, 7)).expectNoEvents();
        refused(
                was(careful(7), READ, installed(7)).when(new CancelAction(ROBOT, 7, false, CancelCause.OPERATOR)),
                ACTION_NOT_CANCELABLE);
    }

    @Test
    void whenTheTimeIsOverItHasFailed() {
        was(careful(7), READ, installed(7))
                .when(new ExpireHealth(ROBOT, 7))
                .expectEvents(unproven(true, "; it reported none."));
        was(careful(7), READ, installed(7), new OtherVersionReported(ROBOT, 7, "1"))
                .when(new ExpireHealth(ROBOT, 7))
                .expectEvents(unproven(false, "; it reported 1 last."));
        was(careful(7), READ, installed(7), finished(7, TWO))
                .when(new ExpireHealth(ROBOT, 7))
                .expectNoEvents();
    }

    private static ActionFailed unproven(boolean silent, String end) {
        return new ActionFailed(
                ROBOT,
                7,
                TWO,
                silent,
                null,
                List.of("Update Server: The device did not report version 2 within 10 min" + end),
                null,
                null,
                null,
                null,
                true);
    }

    @Test
    void somethingNewerDoesNotStopItAndThatItIsUnprovenThenIsNotItsFault() {
        was(careful(7), READ, installed(7)).when(assign(8, ONE)).expectEvents(assigned(8, ONE));
        was(careful(7), READ, installed(7), assigned(8, ONE))
                .when(new ExpireHealth(ROBOT, 7))
                .expectEvents(new ActionCanceled(
                        ROBOT,
                        7,
                        TWO,
                        true,
                        null,
                        List.of("Update Server: Action 8 came before the device proved its health."),
                        null,
                        null,
                        true));
    }
}
