package dev.muster.config.command;

import dev.muster.config.ConfigRolloutCommand.StartRollout;
import dev.muster.config.ConfigRolloutEvent.RolloutAborted;
import dev.muster.config.ConfigRolloutEvent.RolloutCreated;
import dev.muster.config.ConfigRolloutId;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Timers;
import dev.muster.staging.command.TimedStarts;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Starts a configuration rollout at the time its plan names. */
public final class WhenConfigRolloutIsReadyStartItInTime implements Policy {

    private static final String OWNER = "config-rollout-start";
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:config-rollout-schedule");

    private final TimedStarts starts;

    public WhenConfigRolloutIsReadyStartItInTime(Timers timers, Commands commands) {
        this.starts = new TimedStarts(
                OWNER, timers, id -> commands.send(new StartRollout(ConfigRolloutId.parse(id)), SYSTEM));
    }

    @Override
    public String name() {
        return "when-config-rollout-is-ready-start-it-in-time";
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
