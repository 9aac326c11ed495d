package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Ended;
import dev.muster.staging.Group;
import dev.muster.staging.Outcome;
import dev.muster.staging.PauseCause;
import dev.muster.staging.Tally;
import dev.muster.updates.ActionType;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutCommand;
import dev.muster.updates.RolloutCommand.AbortRollout;
import dev.muster.updates.RolloutCommand.ApproveRollout;
import dev.muster.updates.RolloutCommand.CloseJoining;
import dev.muster.updates.RolloutCommand.CompletePlanning;
import dev.muster.updates.RolloutCommand.CompleteRollback;
import dev.muster.updates.RolloutCommand.CreateRollout;
import dev.muster.updates.RolloutCommand.DeleteRollout;
import dev.muster.updates.RolloutCommand.DenyRollout;
import dev.muster.updates.RolloutCommand.PlanMembers;
import dev.muster.updates.RolloutCommand.RecordOffer;
import dev.muster.updates.RolloutCommand.RecordProgress;
import dev.muster.updates.RolloutCommand.ResumeRollout;
import dev.muster.updates.RolloutCommand.RollBackRollout;
import dev.muster.updates.RolloutCommand.StartRollout;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.GroupFailed;
import dev.muster.updates.RolloutEvent.GroupOffered;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutEvent.GroupSucceeded;
import dev.muster.updates.RolloutEvent.MembersOffered;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutEvent.RollbackFinished;
import dev.muster.updates.RolloutEvent.RollbackStarted;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutEvent.RolloutApproved;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutDeleted;
import dev.muster.updates.RolloutEvent.RolloutDenied;
import dev.muster.updates.RolloutEvent.RolloutFinished;
import dev.muster.updates.RolloutEvent.RolloutPaused;
import dev.muster.updates.RolloutEvent.RolloutProgressed;
import dev.muster.updates.RolloutEvent.RolloutReady;
import dev.muster.updates.RolloutEvent.RolloutResumed;
import dev.muster.updates.RolloutEvent.RolloutStartAwaited;
import dev.muster.updates.RolloutEvent.RolloutStarted;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.RolloutPolicy.Joining;
import dev.muster.updates.RolloutPolicy.Rate;
import dev.muster.updates.RolloutPolicy.Retry;
import dev.muster.updates.RolloutPolicy.Rollback;
import dev.muster.updates.StopCause;
import dev.muster.updates.UpdatesRefusal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RolloutTest {

    private static final RolloutId ID = new RolloutId(new UUID(7, 7));
    private static final String ANN = "user:ann";
    private static final String BOB = "user:bob";
    private static final RolloutPlan PLAN = new RolloutPlan(
            "winter",
            new ReleaseRef(ReleaseId.of("os", "1"), "os", "1"),
            "id==*",
            List.of(new Group("canary", 10, 80, 20, null, null), new Group("rest", 90, 80, 20, null, null)),
            ActionType.FORCED,
            null,
            null,
            null,
            false,
            null,
            null,
            null);

    private AggregateTestFixture<Rollout> fixture;

    @BeforeEach
    void aFixture() {
        fixture = new AggregateTestFixture<>(Rollout.class);
    }

    private static Object[] running() {
        return new Object[] {
            new RolloutCreated(ID, PLAN, ANN),
            new RolloutReady(ID, List.of(10, 90), 0),
            new RolloutStarted(ID),
            new GroupStarted(ID, 0),
            new GroupOffered(ID, 0, 10, 0)
        };
    }

    private static Object[] and(Object[] before, Object... more) {
        Object[] all = java.util.Arrays.copyOf(before, before.length + more.length);
        System.arraycopy(more, 0, all, before.length, more.length);
        return all;
    }

    private static List<Ended> ended(long from, int group, Outcome outcome, int count) {
        return java.util.stream.LongStream.range(from, from + count)
                .mapToObj(position -> new Ended(position, group, outcome))
                .toList();
    }

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
        fixture.given(failed).when(new ResumeRollout(ID)).expectEvents(new RolloutResumed(ID));
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

    private static RolloutPlan careful(RolloutPolicy care) {
        return new RolloutPlan(
                PLAN.name(),
                PLAN.release(),
                PLAN.filter(),
                PLAN.groups(),
                PLAN.type(),
                null,
                null,
                null,
                false,
                null,
                null,
                care);
    }

    private static final RolloutPlan APPROVED = careful(new RolloutPolicy(true, null, null, null, null, null, null));

    private static Object[] waiting() {
        return new Object[] {new RolloutCreated(ID, APPROVED, ANN), new RolloutReady(ID, List.of(10, 90), 0)};
    }

    private void refused(Object[] given, Object command, UpdatesRefusal code) {
        Throwable[] failure = new Throwable[1];
        fixture.given(given).when(command).expectNoEvents();
        assertThatThrownBy(() -> RolloutDecision.decide((RolloutCommand) command, state(given)))
                .satisfies(thrown -> failure[0] = thrown);
        assertThat(Refused.is(failure[0], code)).isTrue();
    }

    private static RolloutState state(Object... events) {
        RolloutState state = RolloutState.NONE;
        for (Object each : events) {
            state = state.after((RolloutEvent) each);
        }
        return state;
    }

    @Test
    void whoWantsItCannotAgreeToItNorDenyIt() {
        refused(waiting(), new ApproveRollout(ID, ANN, null), UpdatesRefusal.ROLLOUT_APPROVAL_OWN);
        refused(waiting(), new DenyRollout(ID, ANN, null), UpdatesRefusal.ROLLOUT_APPROVAL_OWN);
        fixture.given(waiting())
                .when(new ApproveRollout(ID, BOB, "looks good"))
                .expectEvents(new RolloutApproved(ID, BOB, "looks good"));
        fixture.given(waiting())
                .when(new DenyRollout(ID, BOB, "not now"))
                .expectEvents(new RolloutDenied(ID, BOB, "not now"));
    }

    @Test
    void anybodyAgreesToTheHousesOwn() {
        fixture.given(new RolloutCreated(ID, APPROVED, null), new RolloutReady(ID, List.of(10, 90), 0))
                .when(new ApproveRollout(ID, ANN, null))
                .expectEvents(new RolloutApproved(ID, ANN, null));
    }

    @Test
    void itStartsWhenItIsAgreedToAndNotBefore() {
        fixture.given(waiting()).when(new StartRollout(ID)).expectEvents(new RolloutStartAwaited(ID));
        fixture.given(and(waiting(), new RolloutStartAwaited(ID)))
                .when(new ApproveRollout(ID, BOB, null))
                .expectEvents(new RolloutApproved(ID, BOB, null), new RolloutStarted(ID), new GroupStarted(ID, 0));
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
    void aFailedGroupStartsTheRollbackThePlanWants() {
        RolloutPlan plan = careful(new RolloutPolicy(false, null, null, null, null, Rollback.ALL, null));
        Object[] given = running();
        given[0] = new RolloutCreated(ID, plan, ANN);
        fixture.given(given)
                .when(new RecordProgress(ID, ended(100, 0, Outcome.FAILED, 3)))
                .expectEvents(
                        new RolloutProgressed(ID, List.of(new Tally(0, 0, 3, 0)), 102),
                        new GroupFailed(ID, 0),
                        new RollbackStarted(ID, Rollback.ALL, true),
                        new RolloutAborted(ID, StopCause.ROLLED_BACK));
    }

    @Test
    void rollingBackByHandEndsItOnceAndMayReachFurther() {
        fixture.given(running())
                .when(new RollBackRollout(ID, Rollback.FAILED))
                .expectEvents(
                        new RollbackStarted(ID, Rollback.FAILED, false), new RolloutAborted(ID, StopCause.ROLLED_BACK));
        Object[] rolledBack = and(
                running(),
                new RollbackStarted(ID, Rollback.FAILED, false),
                new RolloutAborted(ID, StopCause.ROLLED_BACK));
        fixture.given(rolledBack).when(new RollBackRollout(ID, Rollback.FAILED)).expectNoEvents();
        fixture.given(rolledBack)
                .when(new RollBackRollout(ID, Rollback.ALL))
                .expectEvents(new RollbackStarted(ID, Rollback.ALL, false));
        fixture.given(rolledBack).when(new CompleteRollback(ID, 3)).expectEvents(new RollbackFinished(ID, 3));
        fixture.given(and(rolledBack, new RollbackFinished(ID, 3)))
                .when(new CompleteRollback(ID, 2))
                .expectNoEvents();
    }

    @Test
    void whatWasNeverOfferedCannotBeRolledBack() {
        refused(
                new Object[] {new RolloutCreated(ID, PLAN, ANN), new RolloutReady(ID, List.of(10, 90), 0)},
                new RollBackRollout(ID, Rollback.ALL),
                UpdatesRefusal.ROLLOUT_STATE);
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

    @Test
    void whatNobodyJoinsCannotBeClosed() {
        refused(running(), new CloseJoining(ID), UpdatesRefusal.ROLLOUT_STATE);
    }

    private static void onlySensible(RolloutPolicy bad) {
        assertThatThrownBy(() -> RolloutRules.check(careful(bad))).isInstanceOf(Refused.class);
    }

    @Test
    void careHasLimits() {
        Duration minute = Duration.ofMinutes(1);
        assertThatCode(() -> RolloutRules.check(careful(new RolloutPolicy(
                        true,
                        new Rate(1, 1.5, 1_000_000),
                        new Retry(10, Duration.ofSeconds(1), 10),
                        minute,
                        new Joining(100_000, 100, 0),
                        Rollback.FAILED,
                        null))))
                .doesNotThrowAnyException();
        onlySensible(new RolloutPolicy(false, new Rate(0, null, null), null, null, null, null, null));
        onlySensible(new RolloutPolicy(false, new Rate(1_000_001, null, null), null, null, null, null, null));
        onlySensible(new RolloutPolicy(false, new Rate(5, 0.5, null), null, null, null, null, null));
        onlySensible(new RolloutPolicy(false, new Rate(5, Double.NaN, null), null, null, null, null, null));
        onlySensible(new RolloutPolicy(false, new Rate(5, null, 4), null, null, null, null, null));
        onlySensible(new RolloutPolicy(false, null, new Retry(0, minute, 1), null, null, null, null));
        onlySensible(new RolloutPolicy(false, null, new Retry(11, minute, 1), null, null, null, null));
        onlySensible(new RolloutPolicy(false, null, new Retry(1, Duration.ZERO, 1), null, null, null, null));
        onlySensible(new RolloutPolicy(false, null, new Retry(1, minute, 11), null, null, null, null));
        onlySensible(new RolloutPolicy(false, null, null, Duration.ofDays(31), null, null, null));
        onlySensible(new RolloutPolicy(false, null, null, null, new Joining(0, 80, 20), null, null));
        onlySensible(new RolloutPolicy(false, null, null, null, new Joining(10, 101, 20), null, null));
    }
}
