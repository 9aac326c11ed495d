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
import dev.muster.staging.command.Step.Finished;
import dev.muster.staging.command.Step.GroupFailed;
import dev.muster.staging.command.Step.GroupOffered;
import dev.muster.staging.command.Step.GroupStarted;
import dev.muster.staging.command.Step.GroupSucceeded;
import dev.muster.staging.command.Step.MembersNamed;
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

    private static final List<Group> GROUPS = List.of(new Group("canary", 10, 80, 20, null, null), new Group("rest", 90, 80, 20, null, null));
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
                new Planned(GROUPS),
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
        happened(new Planned(GROUPS));
        assertThat(decided(StagingDecision::started)).containsExactly(new StartAwaited());
        assertThat(decided(StagingDecision::started)).isEmpty();
        assertThat(decided(it -> it.planned(List.of(10, 90), 2)))
                .containsExactly(new Ready(List.of(10, 90), 2), new Started(), new GroupStarted(0));
    }

    @Test
    void partsAreNamedOnce() {
        List<DeviceId> members = List.of(new DeviceId("a"));
        happened(new Planned(GROUPS));
        assertThat(decided(it -> it.named(0, 0, members))).containsExactly(new MembersNamed(0, 0, members));
        assertThat(decided(it -> it.named(0, 0, members))).isEmpty();
        assertThat(decided(it -> it.named(0, 1, members))).hasSize(1);
        happened(new Ready(List.of(2, 0), 0), new Started());
        refused(No.WRONG_PHASE, it -> it.named(1, 0, members));
    }

    @Test
    void emptyGroupsArePassedInOneBreath() {
        happened(new Planned(GROUPS), new Ready(List.of(0, 0), 0));
        assertThat(decided(StagingDecision::started)).containsExactly(new Started(), new GroupStarted(0));
        assertThat(decided(it -> it.offered(0, 0, 0)))
                .containsExactly(new GroupOffered(0, 0, 0), new GroupSucceeded(0), new GroupStarted(1));
        assertThat(decided(it -> it.offered(1, 0, 0)))
                .containsExactly(new GroupOffered(1, 0, 0), new GroupSucceeded(1), new Finished());
        assertThat(state.phase()).isEqualTo(Phase.FINISHED);
        refused(No.WRONG_PHASE, StagingDecision::resumed);
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
        assertThat(decided(StagingDecision::resumed)).containsExactly(new Resumed());
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
}
