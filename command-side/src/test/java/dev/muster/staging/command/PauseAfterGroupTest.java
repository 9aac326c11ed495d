package dev.muster.staging.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.config.ConfigRefusal;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Ended;
import dev.muster.staging.Group;
import dev.muster.staging.Outcome;
import dev.muster.staging.PauseCause;
import dev.muster.staging.Phase;
import dev.muster.staging.SeenPause;
import dev.muster.staging.Tally;
import dev.muster.staging.command.Step.Finished;
import dev.muster.staging.command.Step.GroupAdded;
import dev.muster.staging.command.Step.GroupFailed;
import dev.muster.staging.command.Step.GroupOffered;
import dev.muster.staging.command.Step.GroupStarted;
import dev.muster.staging.command.Step.GroupSucceeded;
import dev.muster.staging.command.Step.JoiningClosed;
import dev.muster.staging.command.Step.MembersJoined;
import dev.muster.staging.command.Step.Paused;
import dev.muster.staging.command.Step.Planned;
import dev.muster.staging.command.Step.Progressed;
import dev.muster.staging.command.Step.Ready;
import dev.muster.staging.command.Step.Resumed;
import dev.muster.staging.command.Step.Started;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A person looks at a group that succeeded before the next one starts. */
class PauseAfterGroupTest {

    private static final Group CANARY = new Group("canary", 10, 80, 20, null, null, true);
    private static final Group EARLY = new Group("early", 20, 80, 20, null, null);
    private static final Group REST = new Group("rest", 70, 80, 20, null, null, true);
    private static final Group INTAKE = new Group("joined", 0, 50, 50, 4, null);
    private static final Paused LOOK = new Paused(PauseCause.GROUP_SUCCEEDED);
    private static final StagingRefusals NO = new StagingRefusals(
            ConfigRefusal.ROLLOUT_UNKNOWN, ConfigRefusal.ROLLOUT_STATE, ConfigRefusal.ROLLOUT_INVALID);

    private StagingState state = StagingState.NONE;

    private void happened(Step... steps) {
        for (Step each : steps) {
            state = state.after(each);
        }
    }

    private List<Step> decided(Function<StagingDecision, List<Step>> order) {
        List<Step> steps = order.apply(new StagingDecision(state, "it", NO));
        happened(steps.toArray(new Step[0]));
        return steps;
    }

    private List<Step> ends(long from, int group, Outcome outcome, int count) {
        List<Ended> ended = LongStream.range(from, from + count)
                .mapToObj(position -> new Ended(position, group, outcome))
                .toList();
        return decided(it -> it.counted(ended));
    }

    /** Three groups of 10, 20 and 70; the first is offered it, and it and the last are to be looked at. */
    private void running() {
        happened(
                Planned.of(List.of(CANARY, EARLY, REST)),
                new Ready(List.of(10, 20, 70), 0),
                new Started(),
                new GroupStarted(0),
                new GroupOffered(0, 10, 0));
    }

    /** One group of one device, and others may join. */
    private void joinable() {
        happened(
                new Planned(List.of(CANARY), false, INTAKE),
                new Ready(List.of(1), 0),
                new Started(),
                new GroupStarted(0),
                new GroupOffered(0, 1, 0));
    }

    @Test
    void nothingStartsUntilAPersonHasLookedAndResumed() {
        running();
        assertThat(ends(1, 0, Outcome.SUCCEEDED, 8))
                .containsExactly(new Progressed(List.of(new Tally(0, 8, 0, 0)), 8), new GroupSucceeded(0), LOOK);
        assertThat(state.phase()).isEqualTo(Phase.PAUSED);
        assertThat(ends(20, 0, Outcome.SUCCEEDED, 2)).as("whatever else ends").hasSize(1);
        assertThat(decided(StagingDecision::paused)).isEmpty();
        assertThatThrownBy(() -> decided(StagingDecision::nextStarted)).isInstanceOf(Refused.class);
        assertThat(decided(it -> it.resumed(null))).containsExactly(new Resumed(), new GroupStarted(1));
        decided(it -> it.offered(1, 20, 0));
        assertThat(ends(100, 1, Outcome.SUCCEEDED, 16))
                .as("nobody needs to look here")
                .endsWith(new GroupSucceeded(1), new GroupStarted(2));
    }

    @Test
    void nothingWaitsBehindTheLastGroup() {
        running();
        ends(1, 0, Outcome.SUCCEEDED, 10);
        decided(it -> it.resumed(null));
        decided(it -> it.offered(1, 20, 0));
        ends(100, 1, Outcome.SUCCEEDED, 20);
        decided(it -> it.offered(2, 70, 0));
        assertThat(ends(200, 2, Outcome.SUCCEEDED, 70)).endsWith(new GroupSucceeded(2), new Finished());
    }

    @Test
    void whoStartedTheNextGroupByHandHasLooked() {
        running();
        assertThat(decided(StagingDecision::nextStarted)).containsExactly(new GroupStarted(1));
        assertThat(ends(1, 0, Outcome.SUCCEEDED, 10)).endsWith(new GroupSucceeded(0));
        assertThat(state.phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void whatSucceededWhileEverythingStoodStillIsToldWhenItIsResumed() {
        running();
        decided(StagingDecision::paused);
        assertThat(ends(1, 0, Outcome.SUCCEEDED, 10)).hasSize(1);
        assertThat(decided(it -> it.resumed(null))).containsExactly(new Resumed(), new GroupSucceeded(0), LOOK);
        assertThat(decided(it -> it.resumed(null))).containsExactly(new Resumed(), new GroupStarted(1));
    }

    @Test
    void whoResumesTwiceDoesNotPassALookThatCameBetween() {
        running();
        decided(StagingDecision::paused);
        ends(1, 0, Outcome.SUCCEEDED, 10);
        SeenPause ordered = new SeenPause(PauseCause.OPERATOR, null);
        assertThat(decided(it -> it.resumed(ordered))).endsWith(new GroupSucceeded(0), LOOK);
        refusedToResume(ordered);
        refusedToResume(new SeenPause(PauseCause.OPERATOR, 0));
        assertThat(decided(it -> it.resumed(new SeenPause(PauseCause.GROUP_SUCCEEDED, 0))))
                .containsExactly(new Resumed(), new GroupStarted(1));
    }

    @Test
    void oneLookDoesNotCountForTheNextOne() {
        happened(
                Planned.of(List.of(CANARY, CANARY, REST)),
                new Ready(List.of(10, 0, 70), 0),
                new Started(),
                new GroupStarted(0),
                new GroupOffered(0, 10, 0));
        ends(1, 0, Outcome.SUCCEEDED, 10);
        SeenPause first = new SeenPause(PauseCause.GROUP_SUCCEEDED, 0);
        refusedToResume(new SeenPause(PauseCause.GROUP_SUCCEEDED, 1));
        assertThat(decided(it -> it.resumed(first))).containsExactly(new Resumed(), new GroupStarted(1));
        assertThat(decided(it -> it.resumed(first))).as("the same again").isEmpty();
        assertThat(decided(it -> it.offered(1, 0, 0))).endsWith(new GroupSucceeded(1), LOOK);
        refusedToResume(first);
        assertThat(decided(it -> it.resumed(new SeenPause(PauseCause.GROUP_SUCCEEDED, 1))))
                .containsExactly(new Resumed(), new GroupStarted(2));
    }

    @Test
    void aLookDoesNotTakeAFailureUponOneself() {
        Group half = new Group("canary", 10, 50, 20, null, null, true);
        happened(
                Planned.of(List.of(half, REST)),
                new Ready(List.of(10, 70), 0),
                new Started(),
                new GroupStarted(0),
                new GroupOffered(0, 10, 0));
        ends(1, 0, Outcome.SUCCEEDED, 5);
        ends(20, 0, Outcome.FAILED, 3);
        SeenPause look = new SeenPause(PauseCause.GROUP_SUCCEEDED, 0);
        assertThat(decided(it -> it.resumed(look)))
                .as("it has failed meanwhile")
                .containsExactly(new Resumed(), new GroupFailed(0), new Paused(PauseCause.ERROR_THRESHOLD));
        refusedToResume(look);
        assertThat(decided(it -> it.resumed(new SeenPause(PauseCause.ERROR_THRESHOLD, null))))
                .containsExactly(new Resumed(), new GroupStarted(1));
    }

    private void refusedToResume(SeenPause seen) {
        assertThatThrownBy(() -> decided(it -> it.resumed(seen)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ConfigRefusal.ROLLOUT_STATE.code()));
    }

    @Test
    void aGroupThatSucceedsAfterAllIsLookedAt() {
        Group half = new Group("canary", 10, 50, 20, null, null, true);
        happened(
                Planned.of(List.of(half, REST)),
                new Ready(List.of(10, 70), 0),
                new Started(),
                new GroupStarted(0),
                new GroupOffered(0, 10, 0));
        assertThat(ends(1, 0, Outcome.FAILED, 3)).endsWith(new GroupFailed(0), new Paused(PauseCause.ERROR_THRESHOLD));
        decided(it -> it.resumed(null));
        assertThat(ends(10, 0, Outcome.SUCCEEDED, 5)).endsWith(new GroupSucceeded(0), LOOK);
    }

    @Test
    void aFailureThatWasTakenUponOneselfIsNotLookedAtTwice() {
        running();
        ends(1, 0, Outcome.FAILED, 3);
        decided(it -> it.resumed(null));
        assertThat(ends(10, 0, Outcome.SUCCEEDED, 7))
                .as("all have ended, too few with success")
                .endsWith(new GroupStarted(1));
    }

    @Test
    void aGroupThatNobodyIsInIsLookedAtToo() {
        happened(Planned.of(List.of(CANARY, REST)), new Ready(List.of(0, 70), 0));
        decided(StagingDecision::started);
        assertThat(decided(it -> it.offered(0, 0, 0)))
                .containsExactly(new GroupOffered(0, 0, 0), new GroupSucceeded(0), LOOK);
        assertThat(decided(it -> it.resumed(null))).containsExactly(new Resumed(), new GroupStarted(1));
    }

    @Test
    void devicesThatJoinWaitForTheLook() {
        joinable();
        assertThat(ends(1, 0, Outcome.SUCCEEDED, 1)).endsWith(new GroupSucceeded(0), LOOK);
        List<DeviceId> joiners = List.of(new DeviceId("a"), new DeviceId("b"), new DeviceId("c"));
        assertThat(decided(it -> it.joined(joiners)))
                .containsExactly(
                        new GroupAdded(1, new Group("joined-1", 0, 50, 50, 4, null)), new MembersJoined(1, 0, joiners));
        assertThat(decided(it -> it.resumed(null))).containsExactly(new Resumed(), new GroupStarted(1));
        decided(it -> it.offered(1, 0, 3, 3, 0));
        assertThat(ends(10, 1, Outcome.SUCCEEDED, 3))
                .as("groups that were added go on by themselves")
                .endsWith(new GroupSucceeded(1));
    }

    @Test
    void itEndsWithTheLookWhenNobodyJoinsAnyMore() {
        joinable();
        ends(1, 0, Outcome.SUCCEEDED, 1);
        assertThat(decided(StagingDecision::joiningClosed)).containsExactly(new JoiningClosed());
        assertThat(decided(it -> it.resumed(null))).containsExactly(new Resumed(), new Finished());
    }
}
