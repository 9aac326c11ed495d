package dev.muster.staging.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.RefusalCode;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Ended;
import dev.muster.staging.Group;
import dev.muster.staging.Outcome;
import dev.muster.staging.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Counters and gates agree, whatever order offers, ends, joiners, pauses and repetitions come in: a plain account of
 * what was ordered is kept beside the machinery and compared after each order.
 */
@Timeout(60)
class StagingPropertiesTest {

    private static final int ORDERS = 400;
    private static final StagingRefusals NO = new StagingRefusals(No.UNKNOWN, No.WRONG_PHASE, No.INVALID);

    private enum No implements RefusalCode {
        UNKNOWN,
        WRONG_PHASE,
        INVALID;

        @Override
        public Meaning meaning() {
            return new Meaning("test." + name(), Refusal.Kind.CONFLICT, null);
        }
    }

    /** What a bookkeeper would write down. */
    private static final class Account {

        final List<int[]> groups = new ArrayList<>();

        int[] of(int group) {
            while (groups.size() <= group) {
                groups.add(new int[5]);
            }
            return groups.get(group);
        }
    }

    private static final int REACHED = 3;
    private static final int SKIPPED = 4;

    private final Account account = new Account();
    private StagingState state = StagingState.NONE;
    private Random random = new Random(0);
    private long position;
    private int joiners;
    private List<Ended> repeated = List.of();
    /** The group that succeeded and that nobody has looked at, or -1. */
    private int unseen = -1;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void countersAndGatesAgree(long seed) {
        random = new Random(seed);
        boolean joining = random.nextBoolean();
        List<Group> groups = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            boolean looked = random.nextBoolean();
            groups.add(new Group("g" + i, 10, random.nextInt(101), random.nextInt(101), null, null, looked));
            sizes.add(random.nextInt(12));
        }
        happened(new Step.Planned(groups, false, joining ? new Group("joined", 0, 60, 30, 5, null) : null));
        happened(new Step.Ready(sizes, 0));
        decided(StagingDecision::started);
        for (int i = 0; i < ORDERS && state.phase() != Phase.FINISHED; i++) {
            order();
            agree();
        }
        if (state.phase() != Phase.FINISHED) {
            endAll();
        }
        assertThat(state.phase()).isEqualTo(Phase.FINISHED);
        state.groups().forEach(group -> assertThat(group.ended()).isEqualTo(group.size()));
    }

    private void order() {
        switch (random.nextInt(10)) {
            case 0 -> {
                if (state.phase() == Phase.RUNNING) {
                    decided(StagingDecision::paused);
                }
            }
            case 1, 2 -> resume();
            case 3 -> {
                List<DeviceId> devices = new ArrayList<>();
                for (int i = 0; i < random.nextInt(8); i++) {
                    devices.add(new DeviceId("j" + joiners++));
                }
                decided(it -> it.joined(devices));
            }
            case 4 -> decided(it -> it.counted(repeated));
            case 5, 6 -> offer(1 + random.nextInt(5));
            default -> end(1 + random.nextInt(4));
        }
    }

    private void resume() {
        if (state.phase() == Phase.PAUSED) {
            decided(it -> it.resumed(null));
        }
    }

    private void offer(int most) {
        for (int i = 0; i < state.groups().size(); i++) {
            GroupState group = state.groups().get(i);
            if (group.waits()) {
                int index = i;
                int from = group.reach().reached();
                int upTo = Math.min(group.size(), from + most);
                int skipped = upTo == from ? 0 : random.nextInt(upTo - from + 1);
                account.of(i)[REACHED] = upTo;
                account.of(i)[SKIPPED] += skipped;
                decided(it -> it.offered(index, from, upTo, upTo - from - skipped, skipped));
                decided(it -> it.offered(index, from, upTo, upTo - from - skipped, upTo == from ? 0 : skipped));
                return;
            }
        }
    }

    /** Some of those that were offered it and have not ended; a repetition counts once. */
    private void end(int most) {
        List<Ended> ended = new ArrayList<>();
        for (int group = 0; group < state.groups().size(); group++) {
            int[] sums = account.of(group);
            int open = sums[REACHED] - sums[SKIPPED] - sums[0] - sums[1] - sums[2];
            for (int i = 0; i < Math.min(open, most); i++) {
                Outcome outcome = Outcome.values()[random.nextInt(3)];
                sums[outcome.ordinal()]++;
                ended.add(new Ended(++position, group, outcome));
            }
        }
        repeated = List.copyOf(ended);
        decided(it -> it.counted(ended));
    }

    private void endAll() {
        decided(StagingDecision::joiningClosed);
        for (int i = 0; i < 20_000 && state.phase() != Phase.FINISHED; i++) {
            resume();
            offer(Integer.MAX_VALUE / 2);
            end(Integer.MAX_VALUE);
            agree();
        }
    }

    private void agree() {
        List<GroupState> groups = state.groups();
        for (int i = 0; i < groups.size(); i++) {
            GroupState group = groups.get(i);
            int[] sums = account.of(i);
            assertThat(group.ends()).isEqualTo(new GroupState.Ends(sums[0], sums[1], sums[2]));
            assertThat(group.reach().reached()).isEqualTo(sums[REACHED]);
            assertThat(group.reach().skipped()).isEqualTo(sums[SKIPPED]);
            assertThat(group.ended()).isLessThanOrEqualTo(group.size());
            if (group.reach().reached() > 0) {
                assertThat(group.started()).isTrue();
            }
            if (i > 0 && group.started()) {
                assertThat(groups.get(i - 1).passed())
                        .as("gate before group " + i)
                        .isTrue();
            }
            if (state.phase() == Phase.RUNNING
                    && group.started()
                    && !group.verdict().failed()) {
                assertThat(group.tooManyFailed())
                        .as("group " + i + " is judged")
                        .isFalse();
            }
        }
        if (state.phase() == Phase.FINISHED) {
            assertThat(groups).allMatch(GroupState::allEnded);
        }
        if (unseen >= 0) {
            assertThat(state.phase())
                    .as("group " + unseen + " waits for a person")
                    .isEqualTo(Phase.PAUSED);
        }
        assertThat(StagingGates.next(state)).as("nothing is left undone").isNull();
    }

    private void happened(Step step) {
        switch (step) {
            case Step.GroupSucceeded s -> {
                boolean last = s.group() == state.groups().size() - 1 && state.intake() == null;
                unseen = state.groups().get(s.group()).plan().pausesAfter() && !last ? s.group() : unseen;
            }
            case Step.Resumed ignored -> unseen = -1;
            case Step.GroupStarted s ->
                assertThat(unseen).as("before group " + s.group()).isNegative();
            default -> {}
        }
        state = state.after(step);
    }

    private void decided(Function<StagingDecision, List<Step>> order) {
        order.apply(new StagingDecision(state, "it", NO)).forEach(this::happened);
    }
}
