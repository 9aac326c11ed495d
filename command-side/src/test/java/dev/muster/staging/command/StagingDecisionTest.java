package dev.muster.staging.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.RefusalCode;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Ended;
import dev.muster.staging.Group;
import dev.muster.staging.Outcome;
import dev.muster.staging.PauseCause;
import dev.muster.staging.Phase;
import dev.muster.staging.Tally;
import dev.muster.staging.command.Step.Aborted;
import dev.muster.staging.command.Step.Approved;
import dev.muster.staging.command.Step.Deleted;
import dev.muster.staging.command.Step.Denied;
import dev.muster.staging.command.Step.Finished;
import dev.muster.staging.command.Step.GroupAdded;
import dev.muster.staging.command.Step.GroupFailed;
import dev.muster.staging.command.Step.GroupOffered;
import dev.muster.staging.command.Step.GroupStarted;
import dev.muster.staging.command.Step.GroupSucceeded;
import dev.muster.staging.command.Step.JoiningClosed;
import dev.muster.staging.command.Step.MembersJoined;
import dev.muster.staging.command.Step.MembersNamed;
import dev.muster.staging.command.Step.MembersOffered;
import dev.muster.staging.command.Step.Paused;
import dev.muster.staging.command.Step.Planned;
import dev.muster.staging.command.Step.Progressed;
import dev.muster.staging.command.Step.Ready;
import dev.muster.staging.command.Step.Resumed;
import dev.muster.staging.command.Step.StartAwaited;
import dev.muster.staging.command.Step.Started;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The machinery by itself: no aggregate, no event, no capability. */
class StagingDecisionTest {

    private static final List<Group> GROUPS =
            List.of(new Group("canary", 10, 80, 20, null, null), new Group("rest", 90, 80, 20, null, null));
    private static final StagingRefusals NO = new StagingRefusals(No.UNKNOWN, No.WRONG_PHASE, No.INVALID);

    private StagingState state = StagingState.NONE;

    private enum No implements RefusalCode {
        UNKNOWN,
        WRONG_PHASE,
        INVALID;

        @Override
        public Meaning meaning() {
            return new Meaning("test." + name(), Refusal.Kind.CONFLICT, null);
        }
    }

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

    private void running() {
        happened(
                Planned.of(GROUPS),
                new Ready(List.of(10, 90), 0),
                new Started(),
                new GroupStarted(0),
                new GroupOffered(0, 10, 0));
    }

    private static List<Ended> ended(long from, int group, Outcome outcome, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(position -> new Ended(position, group, outcome))
                .toList();
    }

    private void refused(No code, Function<StagingDecision, List<Step>> order) {
        assertThatThrownBy(() -> decided(order)).isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo(code.code()));
    }

    @Test
    void whatIsNotThereIsUnknown() {
        refused(No.UNKNOWN, StagingDecision::started);
        refused(No.UNKNOWN, StagingDecision::aborted);
        refused(No.UNKNOWN, it -> it.counted(List.of()));
        assertThat(decided(it -> it.planned(List.of(), 0))).isEmpty();
    }

    @Test
    void startedTooEarlyItStartsAsSoonAsItIsReady() {
        happened(Planned.of(GROUPS));
        assertThat(decided(StagingDecision::started)).containsExactly(new StartAwaited());
        assertThat(decided(StagingDecision::started)).isEmpty();
        assertThat(decided(it -> it.planned(List.of(10, 90), 2)))
                .containsExactly(new Ready(List.of(10, 90), 2), new Started(), new GroupStarted(0));
    }

    @Test
    void partsAreNamedOnce() {
        List<DeviceId> members = List.of(new DeviceId("a"));
        happened(Planned.of(GROUPS));
        assertThat(decided(it -> it.named(0, 0, members))).containsExactly(new MembersNamed(0, 0, members));
        assertThat(decided(it -> it.named(0, 0, members))).isEmpty();
        assertThat(decided(it -> it.named(0, 1, members))).hasSize(1);
        happened(new Ready(List.of(2, 0), 0), new Started());
        refused(No.WRONG_PHASE, it -> it.named(1, 0, members));
    }

    @Test
    void emptyGroupsArePassedInOneBreath() {
        happened(Planned.of(GROUPS), new Ready(List.of(0, 0), 0));
        assertThat(decided(StagingDecision::started)).containsExactly(new Started(), new GroupStarted(0));
        assertThat(decided(it -> it.offered(0, 0, 0)))
                .containsExactly(new GroupOffered(0, 0, 0), new GroupSucceeded(0), new GroupStarted(1));
        assertThat(decided(it -> it.offered(1, 0, 0)))
                .containsExactly(new GroupOffered(1, 0, 0), new GroupSucceeded(1), new Finished());
        assertThat(state.phase()).isEqualTo(Phase.FINISHED);
        refused(No.WRONG_PHASE, it -> it.resumed(null));
        refused(No.WRONG_PHASE, StagingDecision::aborted);
    }

    @Test
    void tooManyErrorsPauseAndResumingTakesThemUponOneself() {
        running();
        assertThat(decided(it -> it.counted(ended(100, 0, Outcome.FAILED, 3))))
                .containsExactly(
                        new Progressed(List.of(new Tally(0, 0, 3, 0)), 102),
                        new GroupFailed(0),
                        new Paused(PauseCause.ERROR_THRESHOLD));
        assertThat(decided(StagingDecision::paused)).isEmpty();
        assertThat(decided(it -> it.resumed(null))).containsExactly(new Resumed());
        assertThat(decided(it -> it.counted(ended(200, 0, Outcome.SUCCEEDED, 7))))
                .containsExactly(new Progressed(List.of(new Tally(0, 7, 0, 0)), 206), new GroupStarted(1));
    }

    @Test
    void aRepeatedBatchCountsNothingTwiceEvenCutDifferently() {
        running();
        assertThat(decided(it -> it.counted(ended(100, 0, Outcome.SUCCEEDED, 4))))
                .hasSize(1);
        assertThat(decided(it -> it.counted(ended(100, 0, Outcome.SUCCEEDED, 4))))
                .isEmpty();
        assertThat(decided(it -> it.counted(ended(102, 0, Outcome.SUCCEEDED, 3))))
                .containsExactly(new Progressed(List.of(new Tally(0, 1, 0, 0)), 104));
    }

    @Test
    void manyMayEndWithOneEvent() {
        running();
        List<Ended> ended = new ArrayList<>(java.util.Collections.nCopies(2, new Ended(100, 0, Outcome.FAILED)));
        ended.addAll(java.util.Collections.nCopies(3, new Ended(101, 0, Outcome.CANCELED)));
        assertThat(decided(it -> it.counted(ended)))
                .containsExactly(new Progressed(List.of(new Tally(0, 0, 2, 3)), 101));
        assertThat(decided(it -> it.counted(ended))).isEmpty();
    }

    @Test
    void stoppingEndsItOnce() {
        running();
        assertThat(decided(StagingDecision::aborted)).containsExactly(new Aborted());
        assertThat(decided(StagingDecision::aborted)).isEmpty();
        assertThat(decided(it -> it.counted(ended(100, 0, Outcome.SUCCEEDED, 10))))
                .as("counted, but no gate opens any more")
                .containsExactly(new Progressed(List.of(new Tally(0, 10, 0, 0)), 109));
    }

    private static final Group INTAKE = new Group("joined", 0, 50, 50, 4, null);

    private static List<DeviceId> devices(int from, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(i -> new DeviceId("d" + i))
                .toList();
    }

    @Test
    void somebodyElseMustAgreeFirst() {
        happened(new Planned(GROUPS, true, null));
        refused(No.WRONG_PHASE, StagingDecision::approved);
        assertThat(decided(it -> it.planned(List.of(10, 90), 0))).containsExactly(new Ready(List.of(10, 90), 0));
        assertThat(state.phase()).isEqualTo(Phase.WAITING_FOR_APPROVAL);
        assertThat(decided(StagingDecision::approved)).containsExactly(new Approved());
        assertThat(state.phase()).isEqualTo(Phase.READY);
        assertThat(decided(StagingDecision::approved)).isEmpty();
        refused(No.WRONG_PHASE, StagingDecision::denied);
        assertThat(decided(StagingDecision::started)).containsExactly(new Started(), new GroupStarted(0));
    }

    @Test
    void whatWasStartedBeforeStartsWithTheAgreement() {
        happened(new Planned(GROUPS, true, null));
        assertThat(decided(StagingDecision::started)).containsExactly(new StartAwaited());
        assertThat(decided(it -> it.planned(List.of(10, 90), 0))).hasSize(1);
        assertThat(decided(StagingDecision::started)).isEmpty();
        assertThat(state.phase()).isEqualTo(Phase.WAITING_FOR_APPROVAL);
        assertThat(decided(StagingDecision::approved))
                .containsExactly(new Approved(), new Started(), new GroupStarted(0));
    }

    @Test
    void whatWasDeniedCanOnlyBeDeleted() {
        happened(new Planned(GROUPS, true, null), new Ready(List.of(10, 90), 0));
        assertThat(decided(StagingDecision::denied)).containsExactly(new Denied());
        assertThat(decided(StagingDecision::denied)).isEmpty();
        refused(No.WRONG_PHASE, StagingDecision::approved);
        refused(No.WRONG_PHASE, StagingDecision::started);
        refused(No.WRONG_PHASE, StagingDecision::aborted);
        assertThat(decided(StagingDecision::deleted)).containsExactly(new Deleted());
        assertThat(decided(StagingDecision::deleted)).isEmpty();
        refused(No.UNKNOWN, StagingDecision::started);
        assertThat(decided(it -> it.counted(ended(1, 0, Outcome.CANCELED, 1)))).isEmpty();
    }

    @Test
    void whatIsUnderWayCannotBeDeleted() {
        running();
        refused(No.WRONG_PHASE, StagingDecision::deleted);
        decided(StagingDecision::paused);
        refused(No.WRONG_PHASE, StagingDecision::deleted);
        decided(StagingDecision::aborted);
        assertThat(decided(StagingDecision::deleted)).containsExactly(new Deleted());
    }

    @Test
    void anOfferIsToldPartByPartAndEachPartOnce() {
        happened(Planned.of(GROUPS), new Ready(List.of(10, 90), 0), new Started(), new GroupStarted(0));
        assertThat(decided(it -> it.offered(0, 0, 6, 5, 1))).containsExactly(new MembersOffered(0, 6, 5, 1));
        assertThat(decided(it -> it.offered(0, 0, 6, 5, 1))).isEmpty();
        assertThat(decided(it -> it.offered(0, 7, 10, 3, 0)))
                .as("leaves one out")
                .isEmpty();
        assertThat(state.groups().getFirst().waits()).isTrue();
        assertThat(decided(it -> it.offered(0, 6, 10, 4, 0)))
                .containsExactly(new MembersOffered(0, 10, 4, 0), new GroupOffered(0, 9, 1));
        assertThat(state.groups().getFirst().waits()).isFalse();
        assertThat(decided(it -> it.offered(0, 10, 10, 0, 0))).isEmpty();
    }

    @Test
    void partsThatWereOfferedBeforeAStopAreStillCounted() {
        happened(Planned.of(GROUPS), new Ready(List.of(10, 90), 0), new Started(), new GroupStarted(0));
        decided(StagingDecision::aborted);
        assertThat(decided(it -> it.offered(0, 0, 6, 6, 0))).containsExactly(new MembersOffered(0, 6, 6, 0));
    }

    @Test
    void theNextGroupStartsWhateverTheGateSays() {
        running();
        assertThat(decided(StagingDecision::nextStarted)).containsExactly(new GroupStarted(1));
        refused(No.WRONG_PHASE, StagingDecision::nextStarted);
        decided(StagingDecision::paused);
        refused(No.WRONG_PHASE, StagingDecision::nextStarted);
    }

    private void joinable() {
        happened(
                new Planned(List.of(GROUPS.getFirst()), false, INTAKE),
                new Ready(List.of(1), 0),
                new Started(),
                new GroupStarted(0),
                new GroupOffered(0, 1, 0));
    }

    @Test
    void whoJoinsFillsGroupsThatStartOneAfterTheOther() {
        joinable();
        assertThat(decided(it -> it.joined(devices(0, 3))))
                .as("the gate before is not passed yet")
                .containsExactly(
                        new GroupAdded(1, new Group("joined-1", 0, 50, 50, 4, null)),
                        new MembersJoined(1, 0, devices(0, 3)));
        assertThat(decided(it -> it.counted(ended(1, 0, Outcome.SUCCEEDED, 1))))
                .endsWith(new GroupSucceeded(0), new GroupStarted(1));
        assertThat(decided(it -> it.offered(1, 0, 3, 3, 0)))
                .as("one may still join it")
                .containsExactly(new MembersOffered(1, 3, 3, 0));
        assertThat(decided(it -> it.joined(devices(3, 6))))
                .containsExactly(
                        new MembersJoined(1, 1, devices(3, 1)),
                        new GroupAdded(2, new Group("joined-2", 0, 50, 50, 4, null)),
                        new MembersJoined(2, 0, devices(4, 4)),
                        new GroupAdded(3, new Group("joined-3", 0, 50, 50, 4, null)),
                        new MembersJoined(3, 0, devices(8, 1)));
        assertThat(decided(it -> it.offered(1, 3, 4, 1, 0)))
                .containsExactly(new MembersOffered(1, 4, 1, 0), new GroupOffered(1, 4, 0));
        assertThat(decided(it -> it.counted(ended(10, 1, Outcome.SUCCEEDED, 2))))
                .endsWith(new GroupSucceeded(1), new GroupStarted(2));
    }

    @Test
    void withNobodyPlannedItWaitsForThoseWhoJoin() {
        happened(new Planned(GROUPS, false, INTAKE));
        assertThat(decided(it -> it.planned(List.of(0, 0), 0))).containsExactly(new Ready(List.of(0, 0), 0));
        assertThat(decided(StagingDecision::started)).containsExactly(new Started(), new GroupStarted(0));
        assertThat(state.groups().getFirst().waits())
                .as("that nobody is there is to be reported")
                .isTrue();
        assertThat(decided(it -> it.offered(0, 0, 0, 0, 0)))
                .containsExactly(new GroupOffered(0, 0, 0), new GroupSucceeded(0), new GroupStarted(1));
        assertThat(decided(it -> it.offered(1, 0, 0, 0, 0)))
                .containsExactly(new GroupOffered(1, 0, 0), new GroupSucceeded(1));
        assertThat(state.phase()).isEqualTo(Phase.RUNNING);

        assertThat(decided(it -> it.joined(devices(0, 3))))
                .containsExactly(
                        new GroupAdded(2, new Group("joined-1", 0, 50, 50, 4, null)),
                        new MembersJoined(2, 0, devices(0, 3)),
                        new GroupStarted(2));
        assertThat(decided(it -> it.offered(2, 0, 3, 3, 0))).containsExactly(new MembersOffered(2, 3, 3, 0));
        assertThat(decided(it -> it.counted(ended(1, 2, Outcome.SUCCEEDED, 3)))).contains(new GroupSucceeded(2));
        assertThat(decided(StagingDecision::joiningClosed)).endsWith(new Finished());
    }

    @Test
    void aGroupThatIsFillingIsJudgedAsIfItWereFull() {
        joinable();
        decided(it -> it.counted(ended(1, 0, Outcome.SUCCEEDED, 1)));
        decided(it -> it.joined(devices(0, 3)));
        decided(it -> it.offered(1, 0, 3, 3, 0));
        assertThat(decided(it -> it.counted(ended(5, 1, Outcome.FAILED, 2))))
                .as("2 of 4 may fail")
                .hasSize(1);
        assertThat(decided(it -> it.counted(ended(8, 1, Outcome.FAILED, 1))))
                .endsWith(new GroupFailed(1), new Paused(PauseCause.ERROR_THRESHOLD));
    }

    @Test
    void itFinishesOnlyWhenNobodyCanJoin() {
        joinable();
        assertThat(decided(it -> it.counted(ended(1, 0, Outcome.SUCCEEDED, 1)))).endsWith(new GroupSucceeded(0));
        decided(it -> it.joined(devices(0, 3)));
        decided(it -> it.offered(1, 0, 3, 3, 0));
        decided(it -> it.counted(ended(5, 1, Outcome.SUCCEEDED, 3)));
        assertThat(state.phase()).isEqualTo(Phase.RUNNING);
        assertThat(decided(StagingDecision::joiningClosed))
                .startsWith(new JoiningClosed(), new GroupOffered(1, 3, 0))
                .endsWith(new Finished());
        assertThat(decided(StagingDecision::joiningClosed)).isEmpty();
        assertThat(decided(it -> it.joined(devices(9, 1)))).isEmpty();
    }

    @Test
    void nobodyJoinsBeforeTheStartNorAfterTheEnd() {
        happened(new Planned(GROUPS, false, INTAKE), new Ready(List.of(1, 9), 0));
        assertThat(decided(it -> it.joined(devices(0, 3)))).isEmpty();
        decided(StagingDecision::started);
        decided(StagingDecision::paused);
        assertThat(decided(it -> it.joined(devices(0, 3)))).as("paused").hasSize(2);
        decided(StagingDecision::aborted);
        assertThat(decided(it -> it.joined(devices(3, 3)))).isEmpty();
    }
}
