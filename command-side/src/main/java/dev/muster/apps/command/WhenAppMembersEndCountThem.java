package dev.muster.apps.command;

import dev.muster.apps.AppRolloutCommand.RecordProgress;
import dev.muster.apps.AppRolloutEvent.MembersEnded;
import dev.muster.apps.AppRolloutId;
import dev.muster.apps.AppRollouts;
import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Ended;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums the ends of members per rollout. Which event ended a member is a matter of history alone, the first that names
 * it, and the rollout remembers up to where it has counted: so nothing counts twice, whoever says it again and however
 * a repeated batch is cut.
 */
public final class WhenAppMembersEndCountThem implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:app-rollout-count");

    private final Commands commands;
    private final AppRollouts rollouts;
    private final Positions positions;

    public WhenAppMembersEndCountThem(Commands commands, AppRollouts rollouts, Positions positions) {
        this.commands = commands;
        this.rollouts = rollouts;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-app-members-end-count-them";
    }

    @Override
    public int batchMax() {
        return 1000;
    }

    @Override
    public void react(List<Recorded> batch) {
        List<Recorded> heard = batch.stream()
                .filter(recorded -> recorded.event() instanceof MembersEnded)
                .toList();
        if (heard.isEmpty()) {
            return;
        }
        Await.done(positions.folded(heard.getLast().position(), Await.HANDLER_WAIT_MAX));
        Map<AppRolloutId, List<Ended>> ended = new LinkedHashMap<>();
        for (Recorded recorded : heard) {
            if (recorded.event() instanceof MembersEnded event) {
                List<Ended> ends = ended.computeIfAbsent(event.rolloutId(), any -> new ArrayList<>());
                for (DeviceId ignored : rollouts.endedBy(event.rolloutId(), recorded.position(), event.members())) {
                    ends.add(new Ended(recorded.position(), event.group(), event.outcome()));
                }
            }
        }
        ended.forEach((rollout, ends) -> {
            if (!ends.isEmpty()) {
                Await.done(commands.send(new RecordProgress(rollout, ends), SYSTEM));
            }
        });
    }
}
