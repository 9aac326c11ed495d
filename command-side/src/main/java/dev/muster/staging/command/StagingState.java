package dev.muster.staging.command;

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
import java.util.function.UnaryOperator;

/**
 * What decisions about something staged need to know of its past: sizes, counters, thresholds; never a list of devices.
 *
 * @param startAwaited whether it shall start as soon as it is ready
 * @param counted position up to which ends were counted
 */
public record StagingState(Phase phase, List<GroupState> groups, boolean startAwaited, long counted) {

    public static final StagingState NONE = new StagingState(Phase.NONE, List.of(), false, -1);

    public StagingState {
        groups = List.copyOf(groups);
    }

    public StagingState after(Step step) {
        return switch (step) {
            case Planned s ->
                new StagingState(
                        Phase.CREATING, s.groups().stream().map(GroupState::of).toList(), false, counted);
            case MembersNamed s -> with(s.group(), group -> group.named(s.chunk()));
            case Ready s -> ready(s);
            case StartAwaited ignored -> new StagingState(phase, groups, true, counted);
            case Started ignored -> in(Phase.RUNNING);
            case GroupStarted s -> with(s.group(), GroupState::begun);
            case GroupOffered s -> with(s.group(), group -> group.offeredTo(s.skipped()));
            case Progressed s -> progressed(s);
            case GroupSucceeded s -> with(s.group(), group -> group.judged(true));
            case GroupFailed s -> with(s.group(), group -> group.judged(false));
            case Paused ignored -> in(Phase.PAUSED);
            case Resumed ignored -> in(Phase.RUNNING);
            case Aborted ignored -> in(Phase.STOPPED);
            case Finished ignored -> in(Phase.FINISHED);
        };
    }

    private StagingState in(Phase now) {
        return new StagingState(now, groups, startAwaited, counted);
    }

    private StagingState with(int index, UnaryOperator<GroupState> change) {
        List<GroupState> changed = new ArrayList<>(groups);
        changed.set(index, change.apply(changed.get(index)));
        return new StagingState(phase, changed, startAwaited, counted);
    }

    private StagingState ready(Ready step) {
        List<GroupState> sized = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            sized.add(groups.get(i).sized(step.sizes().get(i)));
        }
        return new StagingState(Phase.READY, sized, startAwaited, counted);
    }

    private StagingState progressed(Progressed step) {
        List<GroupState> changed = new ArrayList<>(groups);
        for (Tally tally : step.tallies()) {
            changed.set(tally.group(), changed.get(tally.group()).plus(tally));
        }
        return new StagingState(phase, changed, startAwaited, step.counted());
    }
}
