package dev.muster.updates.command;

import static dev.muster.updates.UpdatesRefusal.ACTION_CLOSED;
import static dev.muster.updates.UpdatesRefusal.ACTION_NOT_CANCELING;
import static dev.muster.updates.UpdatesRefusal.ACTION_NOT_WAITING;
import static dev.muster.updates.UpdatesRefusal.ACTION_UNKNOWN;
import static dev.muster.updates.UpdatesRefusal.ACTION_WAITS_FOR_CONFIRMATION;
import static dev.muster.updates.UpdatesRefusal.AUTO_CONFIRM_ALREADY_ACTIVE;
import static dev.muster.updates.UpdatesRefusal.NUMBER_OUT_OF_ORDER;
import static dev.muster.updates.UpdatesRefusal.QUOTA_EXCEEDED;
import static dev.muster.updates.UpdatesRefusal.RELEASE_INCOMPATIBLE;

import dev.muster.kernel.RefusalCode;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionCommand.ActivateAutoConfirm;
import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.CancelAction;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionCommand.DeactivateAutoConfirm;
import dev.muster.updates.ActionCommand.DeclareInstalled;
import dev.muster.updates.ActionCommand.ExpireAction;
import dev.muster.updates.ActionCommand.MarkRetrieved;
import dev.muster.updates.ActionCommand.ReportCancelFeedback;
import dev.muster.updates.ActionCommand.ReportConfirmation;
import dev.muster.updates.ActionCommand.ReportFeedback;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCancelRequested;
import dev.muster.updates.ActionEvent.ActionCanceled;
import dev.muster.updates.ActionEvent.ActionConfirmed;
import dev.muster.updates.ActionEvent.ActionDenied;
import dev.muster.updates.ActionEvent.ActionDownloaded;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ActionEvent.ActionProgressed;
import dev.muster.updates.ActionEvent.ActionRetrieved;
import dev.muster.updates.ActionEvent.AutoConfirmActivated;
import dev.muster.updates.ActionEvent.CancelProgressed;
import dev.muster.updates.ActionEvent.CancelRejected;
import dev.muster.updates.ActionEvent.InstalledDeclared;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.Feedback;
import dev.muster.updates.Feedback.Execution;
import dev.muster.updates.Feedback.Finished;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeviceActionsTest {

    private static final DeviceId ROBOT = new DeviceId("robot-1");
    private static final Hardware BOARD = new Hardware("board", "1.0");
    private static final ReleaseRef ONE = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");
    private static final ReleaseRef TWO = new ReleaseRef(ReleaseId.of("os", "2"), "os", "2");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private AggregateTestFixture<DeviceActions> fixture;

    @BeforeEach
    void aFixture() {
        fixture = new AggregateTestFixture<>(DeviceActions.class);
        fixture.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static AssignRelease assign(int action, ReleaseRef release) {
        return assign(action, release, ActionType.FORCED, false, false, null);
    }

    private static AssignRelease assign(
            int action, ReleaseRef release, ActionType type, boolean confirm, boolean autoClose, RolloutId rollout) {
        return new AssignRelease(
                ROBOT,
                action,
                release,
                false,
                List.of(),
                BOARD,
                type,
                null,
                null,
                null,
                confirm,
                autoClose,
                null,
                rollout,
                rollout == null ? null : 0);
    }

    private static ActionAssigned assigned(int action, ReleaseRef release) {
        return assigned(action, release, ActionType.FORCED, false, false);
    }

    private static ActionAssigned assigned(
            int action, ReleaseRef release, ActionType type, boolean waiting, boolean migrationStep) {
        return new ActionAssigned(
                ROBOT, action, release, migrationStep, type, null, null, null, waiting, null, null, null);
    }

    private static Feedback says(Execution execution, Finished finished) {
        return new Feedback(execution, finished, null, null, null, List.of(), null);
    }

    private static ReportFeedback feedback(int action, Execution execution, Finished finished) {
        return new ReportFeedback(ROBOT, action, says(execution, finished));
    }

    private static ReportCancelFeedback cancelFeedback(int action, Execution execution, Finished finished) {
        return new ReportCancelFeedback(ROBOT, action, says(execution, finished));
    }

    private static ActionFinished finished(int action, ReleaseRef release) {
        return new ActionFinished(ROBOT, action, release, null, List.of(), null, null, null);
    }

    private static ActionFailed failed(int action, ReleaseRef release) {
        return new ActionFailed(ROBOT, action, release, false, null, List.of(), null, null, null);
    }

    private static ActionProgressed progressed(int action, ActionStatus status) {
        return new ActionProgressed(ROBOT, action, status, null, null, null, List.of(), null);
    }

    private static ActionCancelRequested canceling(int action) {
        return new ActionCancelRequested(ROBOT, action, CancelCause.OPERATOR);
    }

    private static void refused(ResultValidator<?> result, RefusalCode code) {
        result.expectNoEvents();
        result.expectException(new org.hamcrest.CustomMatcher<Throwable>("refusal " + code.code()) {
            @Override
            public boolean matches(Object thrown) {
                return Refused.in((Throwable) thrown)
                        .filter(refusal -> refusal.code().equals(code.code()))
                        .isPresent();
            }
        });
    }

    @Nested
    class Assigning {

        @Test
        void aReleaseBecomesAnAction() {
            fixture.givenNoPriorActivity()
                    .when(assign(7, ONE))
                    .expectResultMessagePayload(new Assigned(7, true))
                    .expectEvents(assigned(7, ONE));
        }

        @Test
        void whatIsUnderWayOrInstalledIsNotAssignedAgain() {
            fixture.given(assigned(7, ONE))
                    .when(assign(8, ONE))
                    .expectResultMessagePayload(new Assigned(7, false))
                    .expectNoEvents();
            fixture.given(assigned(7, ONE), finished(7, ONE))
                    .when(assign(8, ONE))
                    .expectResultMessagePayload(new Assigned(7, false))
                    .expectNoEvents();
        }

        @Test
        void whatFailedMayBeTriedAgain() {
            fixture.given(assigned(7, ONE), failed(7, ONE)).when(assign(8, ONE)).expectEvents(assigned(8, ONE));
        }

        @Test
        void aNewerActionAsksTheOlderToStop() {
            fixture.given(assigned(7, ONE))
                    .when(assign(8, TWO))
                    .expectEvents(new ActionCancelRequested(ROBOT, 7, CancelCause.SUPERSEDED), assigned(8, TWO));
        }

        @Test
        void withAutoCloseTheOlderEndsAtOnce() {
            fixture.given(assigned(7, ONE))
                    .when(assign(8, TWO, ActionType.FORCED, false, true, null))
                    .expectEvents(
                            new ActionCanceled(
                                    ROBOT,
                                    7,
                                    ONE,
                                    true,
                                    null,
                                    List.of("Update Server: The action was ended without the device."),
                                    null,
                                    null),
                            assigned(8, TWO));
        }

        @Test
        void aMigrationStepIsNeverSkipped() {
            fixture.given(assigned(7, ONE, ActionType.FORCED, false, true))
                    .when(assign(8, TWO))
                    .expectEvents(assigned(8, TWO));
        }

        @Test
        void aReleaseForOtherHardwareIsRefused() {
            AssignRelease wrong = new AssignRelease(
                    ROBOT,
                    7,
                    ONE,
                    false,
                    List.of(List.of(new Hardware("board", "2.0"))),
                    BOARD,
                    ActionType.FORCED,
                    null,
                    null,
                    null,
                    false,
                    false,
                    null,
                    null,
                    null);
            refused(fixture.givenNoPriorActivity().when(wrong), RELEASE_INCOMPATIBLE);
        }

        @Test
        void numbersOnlyGrow() {
            refused(fixture.given(assigned(7, ONE)).when(assign(6, TWO)), NUMBER_OUT_OF_ORDER);
        }

        @Test
        void aRolloutThatRepeatsItsOfferFindsWhatItGave() {
            RolloutId rollout = new RolloutId(new UUID(1, 2));
            ActionAssigned before = new ActionAssigned(
                    ROBOT, 7, ONE, false, ActionType.FORCED, null, null, null, false, null, rollout, 0);
            fixture.given(before, new ActionFailed(ROBOT, 7, ONE, false, null, List.of(), null, rollout, 0))
                    .when(assign(8, ONE, ActionType.FORCED, false, false, rollout))
                    .expectResultMessagePayload(new Assigned(7, true))
                    .expectNoEvents();
        }

        @Test
        void whatWasOnlyDownloadedMayStillBeInstalled() {
            fixture.given(
                            assigned(7, ONE, ActionType.DOWNLOAD_ONLY, false, false),
                            new ActionDownloaded(ROBOT, 7, ONE, null, List.of(), null, null, null))
                    .when(assign(8, ONE))
                    .expectEvents(assigned(8, ONE));
        }
    }

    @Nested
    class Feedbacks {

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
                    fixture.given(assigned(7, ONE), failed(7, ONE))
                            .when(feedback(7, Execution.CLOSED, Finished.SUCCESS)),
                    ACTION_CLOSED);
            refused(
                    fixture.givenNoPriorActivity().when(feedback(7, Execution.CLOSED, Finished.SUCCESS)),
                    ACTION_UNKNOWN);
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
                            null));
            fixture.given(assigned(7, ONE), finished(7, ONE))
                    .when(new ExpireAction(ROBOT, 7))
                    .expectNoEvents();
        }
    }

    @Nested
    class Canceling {

        @Test
        void closedConfirmsTheCancelAndSayingItAgainIsFine() {
            fixture.given(assigned(7, ONE), canceling(7))
                    .when(cancelFeedback(7, Execution.CLOSED, Finished.SUCCESS))
                    .expectEvents(new ActionCanceled(ROBOT, 7, ONE, false, null, List.of(), null, null));
            fixture.given(
                            assigned(7, ONE),
                            canceling(7),
                            new ActionCanceled(ROBOT, 7, ONE, false, null, List.of(), null, null))
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
                    .expectEvents(new ActionCanceled(
                            ROBOT,
                            7,
                            ONE,
                            true,
                            null,
                            List.of("Update Server: The action was ended without the device."),
                            null,
                            null));
        }
    }

    @Nested
    class Confirming {

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
                    fixture.given(assigned(7, ONE))
                            .when(new ReportConfirmation(ROBOT, 7, false, null, List.of(), false)),
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

    @Test
    void aDeviceMaySayWhatItAlreadyRuns() {
        fixture.givenNoPriorActivity()
                .when(new DeclareInstalled(ROBOT, 7, ONE))
                .expectResultMessagePayload(new Assigned(7, true))
                .expectEvents(new InstalledDeclared(ROBOT, 7, ONE));
        fixture.given(new InstalledDeclared(ROBOT, 7, ONE))
                .when(new DeclareInstalled(ROBOT, 8, ONE))
                .expectResultMessagePayload(new Assigned(7, false))
                .expectNoEvents();
    }
}
