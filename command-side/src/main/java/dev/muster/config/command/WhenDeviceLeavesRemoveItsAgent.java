package dev.muster.config.command;

import dev.muster.config.AgentCommand.RemoveAgent;
import dev.muster.config.ConfigRefusal;
import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.History;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.Map;

/**
 * A device that was taken out of service has no agent any more: its polls are told that it is not registered, and a
 * program that starts anew registers under an id of its own. Ids of agents are never given twice, so there is no later
 * agent that could be meant. Polls are refused as soon as the leaving is read; this makes it last.
 */
public final class WhenDeviceLeavesRemoveItsAgent implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:decommission");

    private final Commands commands;
    private final History history;

    public WhenDeviceLeavesRemoveItsAgent(Commands commands, History history) {
        this.commands = commands;
        this.history = history;
    }

    @Override
    public String name() {
        return "when-device-leaves-remove-its-agent";
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof DeviceDecommissioned left) {
                remove(left.deviceId());
            }
        }
    }

    /** Most devices never were agents: their leaving is no order, and so no refusal in the log either. */
    private void remove(DeviceId id) {
        if (history.of("agent/" + id, 0, 1).isEmpty()) {
            return;
        }
        try {
            Await.done(commands.<Object>send(new RemoveAgent(id), SYSTEM));
        } catch (Refused refused) {
            // Heard for the second time, and done since.
            if (!refused.refusal().code().equals(ConfigRefusal.AGENT_UNKNOWN.code())) {
                throw refused;
            }
        }
    }
}
