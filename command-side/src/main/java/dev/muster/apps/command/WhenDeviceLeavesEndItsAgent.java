package dev.muster.apps.command;

import dev.muster.apps.AppAgentCommand.EndEnrolment;
import dev.muster.apps.AppAgentEvent;
import dev.muster.apps.AppAgentEvent.AgentEnrolled;
import dev.muster.apps.AppsRefusal;
import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.History;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.Map;

/**
 * A device that was taken out of service has no agent any more; what follows from that hears of the end itself. One that
 * is enrolled in the moment in which its device leaves is not there yet when that is heard, so its coming is heard, too.
 */
public final class WhenDeviceLeavesEndItsAgent implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:decommission");

    private final Commands commands;
    private final History history;
    private final DeviceDirectory devices;
    private final Positions positions;

    public WhenDeviceLeavesEndItsAgent(
            Commands commands, History history, DeviceDirectory devices, Positions positions) {
        this.commands = commands;
        this.history = history;
        this.devices = devices;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-device-leaves-end-its-agent";
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof DeviceDecommissioned left) {
                end(left.deviceId());
            } else if (recorded.event() instanceof AgentEnrolled came) {
                Await.done(positions.folded(recorded.position(), Await.HANDLER_WAIT_MAX));
                if (devices.facts(came.device()) == null) {
                    end(came.device());
                }
            }
        }
    }

    /** Most devices never had one: their leaving is no order, and so no refusal in the log either. */
    private void end(DeviceId device) {
        if (history.of(AppAgentEvent.aggregateId(device), 0, 1).isEmpty()) {
            return;
        }
        try {
            Await.done(commands.<Object>send(new EndEnrolment(device), SYSTEM));
        } catch (Refused refused) {
            // Heard for the second time, and done since; or it was ended by hand.
            if (!Refused.is(refused, AppsRefusal.AGENT_UNKNOWN)) {
                throw refused;
            }
        }
    }
}
