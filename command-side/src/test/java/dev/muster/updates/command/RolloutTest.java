package dev.muster.updates.command;

import dev.muster.registry.DeviceId;
import dev.muster.staging.Outcome;
import dev.muster.staging.PauseCause;
import dev.muster.staging.Tally;
import dev.muster.updates.RolloutCommand.AbortRollout;
import dev.muster.updates.RolloutCommand.CompletePlanning;
import dev.muster.updates.RolloutCommand.CreateRollout;
import dev.muster.updates.RolloutCommand.DeleteRollout;
import dev.muster.updates.RolloutCommand.PlanMembers;
import dev.muster.updates.RolloutCommand.RecordOffer;
import dev.muster.updates.RolloutCommand.RecordProgress;
import dev.muster.updates.RolloutCommand.ResumeRollout;
import dev.muster.updates.RolloutCommand.RollBackRollout;
import dev.muster.updates.RolloutCommand.StartRollout;
import dev.muster.updates.RolloutEvent.GroupFailed;
import dev.muster.updates.RolloutEvent.GroupOffered;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutEvent.GroupSucceeded;
import dev.muster.updates.RolloutEvent.MembersOffered;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutDeleted;
import dev.muster.updates.RolloutEvent.RolloutFinished;
import dev.muster.updates.RolloutEvent.RolloutPaused;
import dev.muster.updates.RolloutEvent.RolloutProgressed;
import dev.muster.updates.RolloutEvent.RolloutReady;
import dev.muster.updates.RolloutEvent.RolloutResumed;
import dev.muster.updates.RolloutEvent.RolloutStartAwaited;
import dev.muster.updates.RolloutEvent.RolloutStarted;
import dev.muster.updates.RolloutPolicy.Rollback;
import dev.muster.updates.StopCause;
import dev.muster.updates.UpdatesRefusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutTest extends RolloutStory {

    @Test
    void startingStartsTheFirstGroupOnly() {
        fixture.given(new RolloutCreated(ID, PLAN, ANN), new RolloutReady(ID, List.of(10, 90), 0))
                .when(new StartRollout(ID))
                .expectEvents(new RolloutStarted(ID), new GroupStarted(ID, 0));
    }

    @Test
    void startedTooEarlyItStartsAsSoonAsItIsReady() {
        fixture.given(new RolloutCreated(ID, PLAN, ANN))
                .when(new StartRollout(ID))
                .expectEvents(new RolloutStartAwaited(ID));
        fixture.given(new RolloutCreated(ID, PLAN, ANN), new RolloutStartAwaited(ID))
                .when(new StartRollout(ID))
                .expectNoEvents();
        fixture.given(new RolloutCreated(ID, PLAN, ANN), new RolloutStartAwaited(ID))
                .when(new CompletePlanning(ID, List.of(10, 90), 0))
                .expectEvents(
                        new RolloutReady(ID, List.of(10, 90), 0), new RolloutStarted(ID), new GroupStarted(ID, 0));
    }

    @Test
    void enoughSuccessOpensTheGateToTheNextGroup() {
        fixture.given(running())
                .when(new RecordProgress(ID, ended(100, 0, Outcome.SUCCEEDED, 8)))
                .expectEvents(
                        new RolloutProgressed(ID, List.of(new Tally(0, 8, 0, 0)), 107),
                        new GroupSucceeded(ID, 0),
                        new GroupStarted(ID, 1));
    }

    @Test
    void tooManyErrorsCloseTheGateAndPauseTheRollout() {
        fixture.given(running())
                .when(new RecordProgress(ID, ended(100, 0, Outcome.FAILED, 3)))
                .expectEvents(
                        new RolloutProgressed(ID, List.of(new Tally(0, 0, 3, 0)), 102),
                        new GroupFailed(ID, 0),
                        new RolloutPaused(ID, PauseCause.ERROR_THRESHOLD));
    }

    @Test
    void exactlyTheAllowedShareOfErrorsIsStillAllowed() {
        fixture.given(running())
                .when(new RecordProgress(ID, ended(100, 0, Outcome.FAILED, 2)))
                .expectEvents(new RolloutProgressed(ID, List.of(new Tally(0, 0, 2, 0)), 101));
    }

    @Test
    void aRepeatedBatchCountsNothingTwiceEvenCutDifferently() {
        fixture.given(and(running(), new RolloutProgressed(ID, List.of(new Tally(0, 4, 0, 0)), 103)))
                .when(new RecordProgress(ID, ended(102, 0, Outcome.SUCCEEDED, 3)))
                .expectEvents(new RolloutProgressed(ID, List.of(new Tally(0, 1, 0, 0)), 104));
        fixture.given(and(running(), new RolloutProgressed(ID, List.of(new Tally(0, 4, 0, 0)), 103)))
                .when(new RecordProgress(ID, ended(100, 0, Outcome.SUCCEEDED, 4)))
                .expectNoEvents();
    }

    @Test
    void resumingTakesTheFailureUponOneselfButWaitsForTheGroupToEnd() {
        Object[] failed = and(
                running(),
                new RolloutProgressed(ID, List.of(new Tally(0, 0, 3, 0)), 102),
                new GroupFailed(ID, 0),
                new RolloutPaused(ID, PauseCause.ERROR_THRESHOLD));
        fixture.given(failed).when(new ResumeRollout(ID, null)).expectEvents(new RolloutResumed(ID));
        fixture.given(and(failed, new RolloutResumed(ID)))
                .when(new RecordProgress(ID, ended(200, 0, Outcome.SUCCEEDED, 7)))
                .expectEvents(new RolloutProgressed(ID, List.of(new Tally(0, 7, 0, 0)), 206), new GroupStarted(ID, 1));
    }

    @Test
    void devicesThatHaveItAlreadyCountAsDone() {
        fixture.given(
                        new RolloutCreated(ID, PLAN, ANN),
                        new RolloutReady(ID, List.of(10, 90), 0),
                        new RolloutStarted(ID),
                        new GroupStarted(ID, 0))
                .when(new RecordOffer(ID, 0, 0, 10, 0, 10))
                .expectResultMessagePayload(true)
                .expectEvents(
                        new MembersOffered(ID, 0, 10, 0, 10),
                        new GroupOffered(ID, 0, 0, 10),
                        new GroupSucceeded(ID, 0),
                        new GroupStarted(ID, 1));
    }

    @Test
    void itFinishesWhenEveryMemberHasEnded() {
        fixture.given(and(
                        running(),
                        new RolloutProgressed(ID, List.of(new Tally(0, 10, 0, 0)), 110),
                        new GroupSucceeded(ID, 0),
                        new GroupStarted(ID, 1),
                        new GroupOffered(ID, 1, 90, 0),
                        new RolloutProgressed(ID, List.of(new Tally(1, 85, 0, 0)), 300),
                        new GroupSucceeded(ID, 1)))
                .when(new RecordProgress(ID, ended(301, 1, Outcome.CANCELED, 5)))
                .expectEvents(new RolloutProgressed(ID, List.of(new Tally(1, 0, 0, 5)), 305), new RolloutFinished(ID));
    }

    @Test
    void planningTwiceNamesNoMemberTwice() {
        fixture.given(new RolloutCreated(ID, PLAN, ANN), new MembersPlanned(ID, 0, 0, List.of(new DeviceId("a"))))
                .when(new PlanMembers(ID, 0, 0, List.of(new DeviceId("a"))))
                .expectNoEvents();
        fixture.given(new RolloutCreated(ID, PLAN, ANN), new RolloutReady(ID, List.of(1, 0), 0))
                .when(new CompletePlanning(ID, List.of(1, 0), 0))
                .expectNoEvents();
    }

    @Test
    void creatingItTwiceWithTheSamePlanChangesNothing() {
        fixture.given(new RolloutCreated(ID, PLAN, ANN))
                .when(new CreateRollout(ID, PLAN, ANN))
                .expectResultMessagePayload(false)
                .expectNoEvents();
    }

    @Test
    void theAnswerToAnOfferSaysWhetherToGoOn() {
        Object[] started = {
            new RolloutCreated(ID, PLAN, ANN),
            new RolloutReady(ID, List.of(10, 90), 0),
            new RolloutStarted(ID),
            new GroupStarted(ID, 0)
        };
        fixture.given(started)
                .when(new RecordOffer(ID, 0, 0, 4, 4, 0))
                .expectResultMessagePayload(true)
                .expectEvents(new MembersOffered(ID, 0, 4, 4, 0));
        fixture.given(and(started, new RolloutPaused(ID, PauseCause.OPERATOR)))
                .when(new RecordOffer(ID, 0, 0, 4, 4, 0))
                .expectResultMessagePayload(false)
                .expectEvents(new MembersOffered(ID, 0, 4, 4, 0));
    }

    @Test
    void aStopSaysWhy() {
        fixture.given(running())
                .when(new AbortRollout(ID, StopCause.RELEASE_INVALIDATED))
                .expectEvents(new RolloutAborted(ID, StopCause.RELEASE_INVALIDATED));
    }

    @Test
    void whatWasDeletedIsUnknown() {
        Object[] stopped = and(running(), new RolloutAborted(ID, null));
        fixture.given(stopped).when(new DeleteRollout(ID)).expectEvents(new RolloutDeleted(ID));
        refused(
                and(stopped, new RolloutDeleted(ID)),
                new RollBackRollout(ID, Rollback.ALL),
                UpdatesRefusal.ROLLOUT_UNKNOWN);
    }
}
