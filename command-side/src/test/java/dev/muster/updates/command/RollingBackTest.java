package dev.muster.updates.command;

import static dev.muster.updates.UpdatesRefusal.RELEASE_INVALIDATED;

import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionCommand.RollBackUpdate;
import dev.muster.updates.ActionCommand.Tries;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCancelRequested;
import dev.muster.updates.ActionEvent.ActionCanceled;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ActionEvent.ActionRetrieved;
import dev.muster.updates.ActionEvent.OtherVersionReported;
import dev.muster.updates.ActionEvent.RetryGivenUp;
import dev.muster.updates.ActionType;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPolicy.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A device had release 1, a rollout gave it 2. */
class RollingBackTest extends DeviceActionsStory {

    private static final RolloutId ROLLOUT = new RolloutId(new UUID(1, 2));
    private static final ActionRetrieved READ = new ActionRetrieved(ROBOT, 7, false);
    private static final ActionFinished SUCCEEDED =
            new ActionFinished(ROBOT, 7, TWO, null, List.of(), null, ROLLOUT, 0, null);

    private static ActionAssigned given(ReleaseRef before) {
        return assigned(7, TWO, ActionType.FORCED, false, false, ROLLOUT, null, Duration.ofMinutes(5), before);
    }

    private static ActionFailed failed(Instant retryAt) {
        return new ActionFailed(ROBOT, 7, TWO, false, null, List.of(), null, ROLLOUT, 0, retryAt, null);
    }

    private static ActionAssigned back(int action, ReleaseRef release, ReleaseRef before) {
        return new ActionAssigned(
                ROBOT,
                action,
                release,
                false,
                ActionType.FORCED,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                before,
                ROLLOUT);
    }

    private static RollBackUpdate all(int action) {
        return new RollBackUpdate(ROBOT, action, ROLLOUT, false, null);
    }

    private static RollBackUpdate onlyFailed(int action) {
        return new RollBackUpdate(ROBOT, action, ROLLOUT, true, null);
    }

    @Test
    void whatSucceededIsGivenBackUnlessOnlyTheFailedAre() {
        fixture.given(given(ONE), READ, SUCCEEDED)
                .when(all(8))
                .expectResultMessagePayload(new Assigned(8, true))
                .expectEvents(back(8, ONE, TWO));
        fixture.given(given(ONE), READ, SUCCEEDED)
                .when(onlyFailed(8))
                .expectResultMessagePayload(new Assigned(7, false))
                .expectNoEvents();
    }

    @Test
    void whatFailedIsGivenBackAndNotTriedAgain() {
        ActionAssigned tried = assigned(
                7,
                TWO,
                ActionType.FORCED,
                false,
                false,
                ROLLOUT,
                new Tries(1, new Retry(1, Duration.ofMinutes(1), 1)),
                null,
                ONE);
        fixture.given(tried, READ, failed(NOW))
                .when(onlyFailed(8))
                .expectEvents(new RetryGivenUp(ROBOT, 7, TWO, false, null, List.of(), ROLLOUT, 0), back(8, ONE, null));
    }

    @Test
    void askedTwiceItIsGivenOnce() {
        fixture.given(given(ONE), READ, SUCCEEDED, back(8, ONE, TWO))
                .when(all(9))
                .expectResultMessagePayload(new Assigned(8, true))
                .expectNoEvents();
    }

    @Test
    void whatIsUnderWayIsAskedToStopFirst() {
        ActionCancelRequested stop = new ActionCancelRequested(ROBOT, 7, CancelCause.ROLLOUT_ABORTED);
        fixture.given(given(ONE), READ).when(all(8)).expectEvents(stop, back(8, ONE, null));
        fixture.given(given(ONE))
                .when(all(8))
                .expectResultMessagePayload(new Assigned(7, false))
                .expectEvents(stop);
    }

    @Test
    void aDeviceThatIsKnownToRunItStillIsLeftAlone() {
        fixture.given(given(ONE), failed(null)).when(all(8)).expectNoEvents();
        fixture.given(given(ONE), READ, new OtherVersionReported(ROBOT, 7, "1.0"), failed(null))
                .when(all(8))
                .expectNoEvents();
        fixture.given(
                        given(ONE),
                        READ,
                        canceling(7),
                        new ActionCanceled(ROBOT, 7, TWO, false, null, List.of(), ROLLOUT, 0, null))
                .when(all(8))
                .expectNoEvents();
    }

    @Test
    void whatWasEndedWithoutTheDeviceMayHaveCome() {
        fixture.given(
                        given(ONE),
                        READ,
                        canceling(7),
                        new ActionCanceled(ROBOT, 7, TWO, true, null, List.of(), ROLLOUT, 0, null))
                .when(all(8))
                .expectEvents(back(8, ONE, null));
    }

    @Test
    void aDeviceThatGotNothingOrSomethingElseOrHadNothingIsLeftAlone() {
        fixture.givenNoPriorActivity()
                .when(all(8))
                .expectResultMessagePayload(new Assigned(0, false))
                .expectNoEvents();
        fixture.given(given(ONE), READ, SUCCEEDED, assigned(8, TWO, TWO))
                .when(all(9))
                .expectNoEvents();
        fixture.given(given(null), READ, SUCCEEDED).when(all(8)).expectNoEvents();
        fixture.given(given(TWO), READ, SUCCEEDED).when(all(8)).expectNoEvents();
    }

    @Test
    void whatItHadBeforeItLeftIsNotItsOwn() {
        fixture.givenCurrentTime(NOW.minus(Duration.ofDays(30)))
                .andGiven(given(ONE), READ, SUCCEEDED)
                .andGivenCurrentTime(NOW)
                .when(new RollBackUpdate(ROBOT, 8, ROLLOUT, false, NOW.minus(Duration.ofDays(1))))
                .expectNoEvents();
    }

    @Test
    void whatWasDeclaredBadIsNotGivenBack() {
        invalidated.add(ONE.id());
        refused(fixture.given(given(ONE), READ, SUCCEEDED).when(all(8)), RELEASE_INVALIDATED);
    }
}
