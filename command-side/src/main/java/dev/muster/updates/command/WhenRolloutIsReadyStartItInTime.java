package dev.muster.updates.command;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Timers;
import dev.muster.staging.command.TimedStarts;
import dev.muster.updates.RolloutCommand.StartRollout;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutDeleted;
import dev.muster.updates.RolloutEvent.RolloutDenied;
import dev.muster.updates.RolloutId;
import java.util.List;
import java.util.Map;

/** Starts a rollout at the time its plan names. */
public final class WhenRolloutIsReadyStartItInTime implements Policy {

    private static final String OWNER = "rollout-start";
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:rollout-schedule");

    private final TimedStarts starts;

    public WhenRolloutIsReadyStartItInTime(Timers timers, Commands commands) {
        this.starts =
                new TimedStarts(OWNER, timers, id -> commands.send(new StartRollout(RolloutId.parse(id)), SYSTEM));
    }

    @Override
    public String name() {
        return "when-rollout-is-ready-start-it-in-time";
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            switch (recorded.event()) {
                case RolloutCreated e -> {
                    if (e.plan().startAt() != null) {
                        starts.at(e.rolloutId().toString(), e.plan().startAt());
                    }
                }
                case RolloutDenied e -> starts.never(e.rolloutId().toString());
                case RolloutAborted e -> starts.never(e.rolloutId().toString());
                case RolloutDeleted e -> starts.never(e.rolloutId().toString());
                default -> {}
            }
        }
    }
}
