package dev.muster.updates.command;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.command.BoundedSends;
import dev.muster.updates.ActionCommand.CancelForRollout;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutId;
import dev.muster.updates.StopCause;
import java.util.List;
import java.util.Map;

/**
 * Asks every device of an aborted rollout to stop; those that have nothing of it under way are left alone. Where
 * devices get back what they had, or the release turned out bad, others see to that.
 */
public final class WhenRolloutIsAbortedCancelItsActions implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:rollout-abort");

    private final Commands commands;
    private final RolloutRolls rolls;

    public WhenRolloutIsAbortedCancelItsActions(Commands commands, RolloutRolls rolls) {
        this.commands = commands;
        this.rolls = rolls;
    }

    @Override
    public String name() {
        return "when-rollout-is-aborted-cancel-its-actions";
    }

    @Override
    public int batchMax() {
        return 1;
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof RolloutAborted aborted
                    && (aborted.cause() == null || aborted.cause() == StopCause.OPERATOR)) {
                RolloutId id = aborted.rolloutId();
                // An offer that is under way ends first: what it gives must be taken back, too.
                rolls.alone(id, () -> rolls.touched(rolls.of(id), members -> cancel(members, id)));
            }
        }
    }

    private void cancel(List<DeviceId> members, RolloutId rollout) {
        BoundedSends.all(
                members,
                id -> commands.send(new CancelForRollout(id, rollout), SYSTEM),
                "not every member could be asked to stop");
    }
}
