package dev.muster.updates.command;

import dev.muster.kernel.Commands;
import dev.muster.kernel.History;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.staging.command.BoundedSends;
import dev.muster.updates.ActionCommand.CancelForRollout;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks every device of an aborted rollout to stop; those that have nothing of it under way are left alone. */
public final class WhenRolloutIsAbortedCancelItsActions implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:rollout-abort");

    private final Commands commands;
    private final History history;

    public WhenRolloutIsAbortedCancelItsActions(Commands commands, History history) {
        this.commands = commands;
        this.history = history;
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
            if (recorded.event() instanceof RolloutAborted aborted) {
                AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
                for (var group :
                        new RolloutMembers(history).of(aborted.rolloutId()).groups()) {
                    BoundedSends.each(
                            group,
                            id -> commands.send(new CancelForRollout(id, aborted.rolloutId()), SYSTEM),
                            broken::set);
                }
                if (broken.get() != null) {
                    throw new IllegalStateException("not every member could be asked to stop", broken.get());
                }
            }
        }
    }
}
