package dev.muster.updates.command;

import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.GiveUpRetry;
import dev.muster.updates.ActionCommand.Tries;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionEvent.RetryGivenUp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An action of a rollout that failed and is to be tried again, with what it failed for. Until it is, or until that is
 * given up, it counts neither way.
 */
record Retrying(
        OpenAction failed, boolean timedOut, @Nullable Integer code, List<String> messages) {

    /**
     * When an action that fails now is tried again, null if that was its last try. What was asked to stop, or was
     * overtaken by something newer, is not; nor is a device that is held back.
     */
    static @Nullable Instant at(OpenAction action, ActionsState state, Instant now) {
        Tries tries = action.tries();
        if (tries == null
                || action.rollout() == null
                || action.group() == null
                || action.stopAsked()
                || action.number() != state.lastNumber
                || state.heldBack != null
                || tries.attempt() > tries.retry().times()) {
            return null;
        }
        return now.plus(tries.retry().waitAfter(tries.attempt()));
    }

    /** Whether a rollout's offer is the try that follows this, to the device that failed and did not leave since. */
    boolean isFollowedBy(AssignRelease offer) {
        Tries before = failed.tries();
        Tries next = offer.tries();
        Instant returnedAt = offer.returnedAt();
        return offer.rollout() != null
                && offer.rollout().equals(failed.rollout())
                && next != null
                && before != null
                && next.attempt() == before.attempt() + 1
                && (returnedAt == null || !failed.at().isBefore(returnedAt));
    }

    RetryGivenUp givenUp(DeviceId id) {
        return new RetryGivenUp(
                id,
                failed.number(),
                failed.release(),
                timedOut,
                code,
                messages,
                Objects.requireNonNull(failed.rollout()),
                Objects.requireNonNull(failed.group()));
    }

    static List<ActionEvent> giveUp(GiveUpRetry c, ActionsState state) {
        Retrying due = state.retrying;
        return due != null && due.failed.number() == c.action() ? List.of(due.givenUp(c.deviceId())) : List.of();
    }
}
