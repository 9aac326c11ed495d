package dev.muster.apps.command;

import dev.muster.apps.AppRolloutCommand.StartRollout;
import dev.muster.apps.AppRolloutEvent.RolloutAborted;
import dev.muster.apps.AppRolloutEvent.RolloutCreated;
import dev.muster.apps.AppRolloutId;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Timers;
import dev.muster.staging.command.TimedStarts;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Starts a rollout of an app at the time its plan names. */
public final class WhenAppRolloutIsReadyStartItInTime implements Policy {

    private static final String OWNER = "app-rollout-start";
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:app-rollout-schedule");

    private final TimedStarts starts;

    public WhenAppRolloutIsReadyStartItInTime(Timers timers, Commands commands) {
        this.starts =
                new TimedStarts(OWNER, timers, id -> commands.send(new StartRollout(AppRolloutId.parse(id)), SYSTEM));
    }

    @Override
    public String name() {
        return "when-app-rollout-is-ready-start-it-in-time";
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof RolloutCreated created) {
                Instant startAt = created.plan().startAt();
                if (startAt != null) {
                    starts.at(created.rolloutId().toString(), startAt);
                }
            } else if (recorded.event() instanceof RolloutAborted aborted) {
                starts.never(aborted.rolloutId().toString());
            }
        }
    }
}
