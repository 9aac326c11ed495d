package dev.muster.staging.command;

import dev.muster.staging.PauseCause;
import dev.muster.staging.Phase;
import dev.muster.staging.command.Step.Finished;
import dev.muster.staging.command.Step.GroupFailed;
import dev.muster.staging.command.Step.GroupStarted;
import dev.muster.staging.command.Step.GroupSucceeded;
import dev.muster.staging.command.Step.Paused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gates between groups.
 *
 * <p>Looked at after every change of a counter. A started group that fails too often closes the gate: it is marked as
 * failed and everything pauses. A group is judged as failed once only, so an operator who resumes has taken the failure
 * upon themselves; its gate then opens when it has succeeded after all, or has ended. The newest started group opens
 * the gate to the next when enough of it succeeded.
 *
 * <p>Where a person shall look first, everything pauses when the group succeeds, unless there is nothing to hold up:
 * the next group was started by hand, or none is left. A group that nobody is in, or that succeeded while everything
 * stood still, is looked at like any other.
 *
 * <p>With nothing left to start and nobody who could still join, it all finishes when every member has ended.
 */
final class StagingGates {

    private StagingGates() {}

    /** The next single step that follows from the state, or null when it stands still. */
    static @Nullable Step next(StagingState state) {
        if (state.phase() != Phase.RUNNING) {
            return null;
        }
        List<GroupState> groups = state.groups();
        for (int i = 0; i < groups.size(); i++) {
            GroupState group = groups.get(i);
            if (group.started() && !group.verdict().failed() && group.tooManyFailed()) {
                return new GroupFailed(i);
            }
            if (group.started() && !group.verdict().succeeded() && group.enoughSucceeded()) {
                return new GroupSucceeded(i);
            }
            if (!group.started()) {
                return i == 0 || groups.get(i - 1).passed() ? new GroupStarted(i) : null;
            }
        }
        boolean over = state.intake() == null && groups.stream().allMatch(GroupState::allEnded);
        return over ? new Finished() : null;
    }

    /**
     * A failed group pauses everything in the same breath, and so does one after which a person shall look.
     *
     * @param state with the step
     */
    static @Nullable Step follow(Step step, StagingState state) {
        if (step instanceof GroupFailed) {
            return new Paused(PauseCause.ERROR_THRESHOLD);
        }
        boolean look = step instanceof GroupSucceeded success
                && state.groups().get(success.group()).plan().pausesAfter()
                && holdsUpAnother(success.group(), state);
        return look ? new Paused(PauseCause.GROUP_SUCCEEDED) : null;
    }

    /** Whether a group behind this one has yet to start, or may still be added for devices that join. */
    private static boolean holdsUpAnother(int index, StagingState state) {
        List<GroupState> groups = state.groups();
        return index + 1 < groups.size() ? !groups.get(index + 1).started() : state.intake() != null;
    }
}
