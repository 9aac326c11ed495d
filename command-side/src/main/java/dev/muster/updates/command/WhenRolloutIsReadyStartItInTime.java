package dev.muster.updates.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.kernel.Timers;
import dev.muster.updates.RolloutCommand.StartRollout;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutId;
import java.util.List;
import java.util.Map;

/** Starts a rollout at the time its plan names. One that is not ready by then starts when it is; one that was stopped is
 * left alone. */
public final class WhenRolloutIsReadyStartItInTime implements Policy {

    private static final String OWNER = "rollout-start";
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:rollout-schedule");

    private final Timers timers;

    public WhenRolloutIsReadyStartItInTime(Timers timers, Commands commands) {
        this.timers = timers;
        timers.onDue(OWNER, (key, payload) -> {
            try {
                Await.done(commands.send(new StartRollout(RolloutId.parse(key)), SYSTEM));
            } catch (Refused e) {
                // Somebody started or stopped it first: their word counts.
            }
        });
    }

    @Override
    public String name() {
        return "when-rollout-is-ready-start-it-in-time";
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof RolloutCreated created
                    && created.plan().startAt() != null) {
                timers.set(OWNER, created.rolloutId().toString(), created.plan().startAt(), new byte[0]);
            } else if (recorded.event() instanceof RolloutAborted aborted) {
                timers.cancel(OWNER, aborted.rolloutId().toString());
            }
        }
    }
}
