package dev.muster.updates.command;

import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.CancelAction;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionCommand.CancelForRollout;
import dev.muster.updates.ActionCommand.DeclareInstalled;
import dev.muster.updates.ActionCommand.ExpireAction;
import dev.muster.updates.ActionCommand.GiveUpRetry;
import dev.muster.updates.ActionCommand.Tries;
import dev.muster.updates.ActionCommand.WithdrawActions;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.DeviceHeldBack;
import dev.muster.updates.ActionEvent.InstalledDeclared;
import dev.muster.updates.ActionEvent.RetryGivenUp;
import dev.muster.updates.ActionType;
import dev.muster.updates.Feedback.Execution;
import dev.muster.updates.Feedback.Finished;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPolicy.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A device on which a rollout failed is tried again, and counts as failed only when it is not. */
class RetryingTest extends DeviceActionsStory {

    private static final RolloutId ROLLOUT = new RolloutId(new UUID(1, 2));
    private static final Retry TWICE = new Retry(2, Duration.ofMinutes(10), 3);

    private static ActionAssigned tried(int action, int attempt) {
        return assigned(action, ONE, ActionType.FORCED, false, false, ROLLOUT, new Tries(attempt, TWICE), null, null);
    }

    private static ActionFailed failedUntil(int action, Instant retryAt) {
        return new ActionFailed(ROBOT, action, ONE, false, null, List.of(), null, ROLLOUT, 0, retryAt, null);
    }

    private static RetryGivenUp givenUp(int action) {
        return new RetryGivenUp(ROBOT, action, ONE, false, null, List.of(), ROLLOUT, 0);
    }

    private static AssignRelease offer(int action, int attempt) {
        return new AssignRelease(
                ROBOT,
                action,
                ONE,
                false,
                List.of(),
                BOARD,
                null,
                ActionType.FORCED,
                null,
                null,
                null,
                false,
                false,
                null,
                ROLLOUT,
                0,
                new Tries(attempt, TWICE),
                null,
                false,
                false);
    }

    @Test
    void eachWaitIsLongerAndTheLastFailureCounts() {
        fixture.given(tried(7, 1))
                .when(feedback(7, Execution.CLOSED, Finished.FAILURE))
                .expectEvents(failedUntil(7, NOW.plus(Duration.ofMinutes(10))));
        fixture.given(tried(7, 2))
                .when(feedback(7, Execution.CLOSED, Finished.FAILURE))
                .expectEvents(failedUntil(7, NOW.plus(Duration.ofMinutes(30))));
        fixture.given(tried(7, 3))
                .when(feedback(7, Execution.CLOSED, Finished.FAILURE))
                .expectEvents(failedUntil(7, null));
    }

    @Test
    void silenceIsTriedAgainToo() {
        fixture.given(tried(7, 1))
                .when(new ExpireAction(ROBOT, 7))
                .expectEvents(new ActionFailed(
                        ROBOT,
                        7,
                        ONE,
                        true,
                        null,
                        List.of("Update Server: The device did not finish in time."),
                        null,
                        ROLLOUT,
                        0,
                        NOW.plus(Duration.ofMinutes(10)),
                        null));
    }

    @Test
    void whatWasAskedToStopIsNotTriedAgain() {
        fixture.given(tried(7, 1), canceling(7))
                .when(feedback(7, Execution.CLOSED, Finished.FAILURE))
                .expectEvents(failedUntil(7, null));
    }

    @Test
    void whatWasOvertakenIsNotTriedAgain() {
        fixture.given(tried(7, 1), assigned(8, TWO))
                .when(feedback(7, Execution.CLOSED, Finished.FAILURE))
                .expectEvents(failedUntil(7, null));
    }

    @Test
    void aDeviceThatIsHeldBackIsNotTriedAgain() {
        fixture.given(tried(7, 1), new DeviceHeldBack(ROBOT, "certification"))
                .when(feedback(7, Execution.CLOSED, Finished.FAILURE))
                .expectEvents(failedUntil(7, null));
    }

    @Test
    void theNextTryIsAnActionAndARepeatedOfferOfItIsNone() {
        fixture.given(tried(7, 1), failedUntil(7, NOW))
                .when(offer(8, 2))
                .expectResultMessagePayload(new Assigned(8, true))
                .expectEvents(tried(8, 2));
        fixture.given(tried(7, 1), failedUntil(7, NOW), tried(8, 2))
                .when(offer(9, 2))
                .expectResultMessagePayload(new Assigned(8, true))
                .expectNoEvents();
    }

    @Test
    void theFirstOfferRepeatedWhileATryIsAwaitedIsNone() {
        fixture.given(tried(7, 1), failedUntil(7, NOW))
                .when(offer(8, 1))
                .expectResultMessagePayload(new Assigned(7, true))
                .expectNoEvents();
    }

    @Test
    void afterSomethingElseThereIsNoNextTry() {
        fixture.given(tried(7, 1), failedUntil(7, NOW), givenUp(7), assigned(8, TWO))
                .when(offer(9, 2))
                .expectResultMessagePayload(new Assigned(8, false))
                .expectNoEvents();
    }

    @Test
    void whateverComesInBetweenMakesTheFailureCount() {
        ReleaseRef other = TWO;
        fixture.given(tried(7, 1), failedUntil(7, NOW))
                .when(assign(8, other))
                .expectEvents(givenUp(7), assigned(8, other));
        fixture.given(tried(7, 1), failedUntil(7, NOW))
                .when(new DeclareInstalled(ROBOT, 8, other, null))
                .expectEvents(givenUp(7), new InstalledDeclared(ROBOT, 8, other));
        fixture.given(tried(7, 1), failedUntil(7, NOW))
                .when(new WithdrawActions(ROBOT, null))
                .expectEvents(givenUp(7));
        fixture.given(tried(7, 1), failedUntil(7, NOW))
                .when(new CancelForRollout(ROBOT, ROLLOUT))
                .expectEvents(givenUp(7));
        fixture.given(tried(7, 1), failedUntil(7, NOW))
                .when(new CancelAction(ROBOT, 7, false, CancelCause.OPERATOR))
                .expectEvents(givenUp(7));
    }

    @Test
    void aDeviceThatLeftAndIsBackIsNotTriedAgainAndItsFailureIsCountedAllTheSame() {
        Instant back = NOW.minus(Duration.ofDays(1));
        fixture.givenCurrentTime(NOW.minus(Duration.ofDays(30)))
                .andGiven(tried(7, 1), failedUntil(7, NOW))
                .andGivenCurrentTime(NOW)
                .when(assign(8, TWO, ActionType.FORCED, false, false, null, back))
                .expectEvents(givenUp(7), assigned(8, TWO));
    }

    @Test
    void givingUpTwiceCountsOnce() {
        fixture.given(tried(7, 1), failedUntil(7, NOW))
                .when(new GiveUpRetry(ROBOT, 7))
                .expectEvents(givenUp(7));
        fixture.given(tried(7, 1), failedUntil(7, NOW), givenUp(7))
                .when(new GiveUpRetry(ROBOT, 7))
                .expectNoEvents();
        fixture.given(tried(7, 1), failedUntil(7, NOW), tried(8, 2))
                .when(new GiveUpRetry(ROBOT, 7))
                .expectNoEvents();
    }
}
