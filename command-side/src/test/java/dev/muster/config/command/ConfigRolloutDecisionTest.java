package dev.muster.config.command;

import static dev.muster.config.command.RolloutHouse.ID;
import static dev.muster.config.command.RolloutHouse.PLAN;
import static dev.muster.kernel.command.Refusals.refused;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.ConfigRolloutCommand.AbortRollout;
import dev.muster.config.ConfigRolloutCommand.CompletePlanning;
import dev.muster.config.ConfigRolloutCommand.CreateRollout;
import dev.muster.config.ConfigRolloutCommand.EndMembers;
import dev.muster.config.ConfigRolloutCommand.FinishRollout;
import dev.muster.config.ConfigRolloutCommand.PauseRollout;
import dev.muster.config.ConfigRolloutCommand.ReachGroup;
import dev.muster.config.ConfigRolloutCommand.RecordProgress;
import dev.muster.config.ConfigRolloutCommand.RefuseFinish;
import dev.muster.config.ConfigRolloutCommand.ResumeRollout;
import dev.muster.config.ConfigRolloutCommand.StartRollout;
import dev.muster.config.ConfigRolloutEvent.EveryoneEnded;
import dev.muster.config.ConfigRolloutEvent.FinishRefused;
import dev.muster.config.ConfigRolloutEvent.FinishRetried;
import dev.muster.config.ConfigRolloutEvent.GroupFailed;
import dev.muster.config.ConfigRolloutEvent.GroupReached;
import dev.muster.config.ConfigRolloutEvent.GroupStarted;
import dev.muster.config.ConfigRolloutEvent.GroupSucceeded;
import dev.muster.config.ConfigRolloutEvent.MembersEnded;
import dev.muster.config.ConfigRolloutEvent.RolloutAborted;
import dev.muster.config.ConfigRolloutEvent.RolloutCreated;
import dev.muster.config.ConfigRolloutEvent.RolloutFinished;
import dev.muster.config.ConfigRolloutEvent.RolloutPaused;
import dev.muster.config.ConfigRolloutEvent.RolloutProgressed;
import dev.muster.config.ConfigRolloutEvent.RolloutReady;
import dev.muster.config.ConfigRolloutEvent.RolloutResumed;
import dev.muster.config.ConfigRolloutEvent.RolloutStarted;
import dev.muster.config.ConfigRolloutPlan;
import dev.muster.config.Layer;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Ended;
import dev.muster.staging.Group;
import dev.muster.staging.Outcome;
import dev.muster.staging.PauseCause;
import dev.muster.staging.SeenPause;
import dev.muster.staging.Tally;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rollouts of configuration as an aggregate, on the machinery of software rollouts. */
class ConfigRolloutDecisionTest {

    private static final List<DeviceId> ROBOT = List.of(new DeviceId("robot"));

    private AggregateTestFixture<ConfigRollout> fixture;

    @BeforeEach
    void aFixture() {
        fixture = new AggregateTestFixture<>(ConfigRollout.class);
    }

    private TestExecutor<ConfigRollout> given(Object[] before, Object... more) {
        Object[] all = Arrays.copyOf(before, before.length + more.length);
        System.arraycopy(more, 0, all, before.length, more.length);
        return fixture.given(all);
    }

    private static Object[] running() {
        return new Object[] {
            new RolloutCreated(ID, PLAN),
            new RolloutReady(ID, List.of(10, 90)),
            new RolloutStarted(ID),
            new GroupStarted(ID, 0),
            new GroupReached(ID, 0, 10)
        };
    }

    private static Object[] everyoneEnded() {
        return new Object[] {
            new RolloutCreated(ID, PLAN),
            new RolloutReady(ID, List.of(1, 0)),
            new RolloutStarted(ID),
            new GroupStarted(ID, 0),
            new GroupReached(ID, 0, 1),
            new RolloutProgressed(ID, List.of(new Tally(0, 1, 0, 0)), 50),
            new GroupSucceeded(ID, 0),
            new GroupStarted(ID, 1),
            new GroupReached(ID, 1, 0),
            new GroupSucceeded(ID, 1),
            new EveryoneEnded(ID)
        };
    }

    private static List<Ended> ended(long from, Outcome outcome, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(position -> new Ended(position, 0, outcome))
                .toList();
    }

    private static ConfigRolloutPlan with(List<Group> groups, Layer target) {
        return new ConfigRolloutPlan(
                PLAN.name(),
                PLAN.registry(),
                PLAN.profile(),
                PLAN.view(),
                PLAN.requests(),
                target,
                PLAN.filter(),
                groups,
                null,
                null);
    }

    @Test
    void aPlanIsCreatedOnce() {
        fixture.givenNoPriorActivity()
                .when(new CreateRollout(ID, PLAN))
                .expectResultMessagePayload(true)
                .expectEvents(new RolloutCreated(ID, PLAN));
        given(new Object[] {new RolloutCreated(ID, PLAN)})
                .when(new CreateRollout(ID, PLAN))
                .expectResultMessagePayload(false)
                .expectNoEvents();
        refused(
                given(new Object[] {new RolloutCreated(ID, PLAN)})
                        .when(new CreateRollout(ID, with(PLAN.groups(), Layer.group("site")))),
                ConfigRefusal.ROLLOUT_EXISTS);
    }

    @Test
    void aPlanThatCannotWorkIsRefused() {
        refused(
                fixture.givenNoPriorActivity().when(new CreateRollout(ID, with(List.of(), Layer.fleet()))),
                ConfigRefusal.ROLLOUT_INVALID);
        refused(
                fixture.givenNoPriorActivity()
                        .when(new CreateRollout(ID, with(PLAN.groups(), Layer.device(new DeviceId("robot"))))),
                ConfigRefusal.ROLLOUT_INVALID);
        refused(fixture.givenNoPriorActivity().when(new StartRollout(ID)), ConfigRefusal.ROLLOUT_UNKNOWN);
    }

    @Test
    void startingGivesTheLayerToTheFirstGroupOnly() {
        given(new Object[] {new RolloutCreated(ID, PLAN)})
                .when(new CompletePlanning(ID, List.of(10, 90)))
                .expectEvents(new RolloutReady(ID, List.of(10, 90)));
        given(new Object[] {new RolloutCreated(ID, PLAN), new RolloutReady(ID, List.of(10, 90))})
                .when(new StartRollout(ID))
                .expectEvents(new RolloutStarted(ID), new GroupStarted(ID, 0));
    }

    @Test
    void thresholdsAreThoseOfSoftware() {
        given(running())
                .when(new RecordProgress(ID, ended(100, Outcome.SUCCEEDED, 8)))
                .expectEvents(
                        new RolloutProgressed(ID, List.of(new Tally(0, 8, 0, 0)), 107),
                        new GroupSucceeded(ID, 0),
                        new GroupStarted(ID, 1));
        given(running())
                .when(new RecordProgress(ID, ended(100, Outcome.FAILED, 3)))
                .expectEvents(
                        new RolloutProgressed(ID, List.of(new Tally(0, 0, 3, 0)), 102),
                        new GroupFailed(ID, 0),
                        new RolloutPaused(ID, PauseCause.ERROR_THRESHOLD));
        given(running()).when(new PauseRollout(ID)).expectEvents(new RolloutPaused(ID, PauseCause.OPERATOR));
        given(running(), new RolloutPaused(ID, PauseCause.OPERATOR))
                .when(new ResumeRollout(ID, null))
                .expectEvents(new RolloutResumed(ID));
    }

    @Test
    void onlyThePauseThatWasSeenEnds() {
        SeenPause seen = new SeenPause(PauseCause.OPERATOR, 0);
        given(running(), new RolloutPaused(ID, PauseCause.OPERATOR))
                .when(new ResumeRollout(ID, seen))
                .expectEvents(new RolloutResumed(ID));
        given(running()).when(new ResumeRollout(ID, seen)).expectNoEvents();
        refused(
                given(running(), new RolloutPaused(ID, PauseCause.ERROR_THRESHOLD))
                        .when(new ResumeRollout(ID, seen)),
                ConfigRefusal.ROLLOUT_STATE);
    }

    @Test
    void aWordAboutMembersIsAFactWhileTheRolloutIsUnderWay() {
        EndMembers word = new EndMembers(ID, 0, Outcome.FAILED, ROBOT, "no such host");
        MembersEnded fact = new MembersEnded(ID, 0, Outcome.FAILED, ROBOT, "no such host");
        given(running()).when(word).expectEvents(fact);
        given(running(), new RolloutPaused(ID, PauseCause.OPERATOR)).when(word).expectEvents(fact);
        given(running(), new RolloutAborted(ID, null)).when(word).expectNoEvents();
        given(running())
                .when(new EndMembers(ID, 1, Outcome.FAILED, ROBOT, null))
                .expectNoEvents();
        given(running())
                .when(new EndMembers(ID, 0, Outcome.FAILED, List.of(), null))
                .expectNoEvents();
    }

    @Test
    void theLastOneToEndMakesItTheTargetsTurn() {
        Object[] before = Arrays.copyOf(everyoneEnded(), 8);
        given(before)
                .when(new ReachGroup(ID, 1, 0))
                .expectEvents(new GroupReached(ID, 1, 0), new GroupSucceeded(ID, 1), new EveryoneEnded(ID));
        given(before).when(new ReachGroup(ID, 0, 1)).expectNoEvents();
    }

    @Test
    void itIsFinishedOnceTheTargetHasTheValues() {
        given(everyoneEnded()).when(new FinishRollout(ID)).expectEvents(new RolloutFinished(ID));
        given(everyoneEnded(), new RolloutFinished(ID))
                .when(new FinishRollout(ID))
                .expectNoEvents();
        given(everyoneEnded(), new RolloutFinished(ID))
                .when(new RefuseFinish(ID, "no"))
                .expectNoEvents();
        refused(given(running()).when(new FinishRollout(ID)), ConfigRefusal.ROLLOUT_STATE);
        refused(given(everyoneEnded()).when(new AbortRollout(ID, null)), ConfigRefusal.ROLLOUT_STATE);
        refused(
                given(everyoneEnded(), new RolloutFinished(ID)).when(new AbortRollout(ID, null)),
                ConfigRefusal.ROLLOUT_STATE);
    }

    @Test
    void aTargetThatDoesNotTakeThemLeavesItToPeople() {
        FinishRefused refusal = new FinishRefused(ID, "port is no number");
        given(everyoneEnded()).when(new RefuseFinish(ID, "port is no number")).expectEvents(refusal);
        given(everyoneEnded(), refusal).when(new RefuseFinish(ID, "again")).expectNoEvents();
        given(everyoneEnded(), refusal).when(new ResumeRollout(ID, null)).expectEvents(new FinishRetried(ID));
        given(everyoneEnded(), refusal, new FinishRetried(ID))
                .when(new ResumeRollout(ID, null))
                .expectNoEvents();
        given(everyoneEnded(), refusal, new FinishRetried(ID))
                .when(new RefuseFinish(ID, "still"))
                .expectEvents(new FinishRefused(ID, "still"));
        given(everyoneEnded(), refusal).when(new AbortRollout(ID, null)).expectEvents(new RolloutAborted(ID, null));
    }

    @Test
    void abortingIsSaidOnceAndSaysWhy() {
        given(running()).when(new AbortRollout(ID, "because")).expectEvents(new RolloutAborted(ID, "because"));
        given(running(), new RolloutAborted(ID, "because"))
                .when(new AbortRollout(ID, null))
                .expectNoEvents();
    }
}
