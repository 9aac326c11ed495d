package dev.muster.updates.command;

import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.GroupFailed;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutEvent.GroupSucceeded;
import dev.muster.updates.RolloutEvent.PauseCause;
import dev.muster.updates.RolloutEvent.RolloutFinished;
import dev.muster.updates.RolloutEvent.RolloutPaused;
import dev.muster.updates.RolloutId;
import dev.muster.updates.command.RolloutState.Group;
import dev.muster.updates.command.RolloutState.Phase;
import org.jspecify.annotations.Nullable;

/**
 * The gates between a rollout's groups.
 *
 * <p>Looked at after every change of a counter. A started group that fails too often closes the gate: it is marked as
 * failed and the rollout pauses. A group is judged as failed once only, so an operator who resumes has taken the
 * failure upon themselves; its gate then opens when it has succeeded after all, or has ended. The newest started group opens the gate to the next when
 * enough of it succeeded. With nothing left to start, the rollout finishes when every member has ended.
 */
final class RolloutGates {

    private RolloutGates() {}

    /** The next single step that follows from the state, or null when it stands still. */
    static @Nullable RolloutEvent next(RolloutId id, RolloutState state) {
        if (state.phase != Phase.RUNNING) {
            return null;
        }
        for (int i = 0; i < state.groups.size(); i++) {
            Group group = state.groups.get(i);
            if (group.started && !group.failed && group.tooManyFailed()) {
                return new GroupFailed(id, i);
            }
            if (group.started && !group.succeeded && group.enoughSucceeded()) {
                return new GroupSucceeded(id, i);
            }
            if (!group.started) {
                return i == 0 || passed(state.groups.get(i - 1)) ? new GroupStarted(id, i) : null;
            }
        }
        boolean over = state.groups.stream().allMatch(Group::allEnded);
        return over ? new RolloutFinished(id) : null;
    }

    /** A failed group is passed only when none of its devices is under way any more. */
    private static boolean passed(Group group) {
        return group.succeeded || group.failed && group.allEnded();
    }

    /** A failed group pauses the rollout in the same breath. */
    static @Nullable RolloutEvent follow(RolloutId id, RolloutEvent event) {
        return event instanceof GroupFailed ? new RolloutPaused(id, PauseCause.ERROR_THRESHOLD) : null;
    }
}
