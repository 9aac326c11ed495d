package dev.muster.apps.command;

import dev.muster.apps.AppAgentCommand.EndEnrolment;
import dev.muster.apps.AppAgentEvent;
import dev.muster.apps.AppsRefusal;
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

/** A device that was taken out of service has no agent any more; what follows from that hears of the end itself. */
public final class WhenDeviceLeavesEndItsAgent implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:decommission");

    private final Commands commands;
    private final History history;

    public WhenDeviceLeavesEndItsAgent(Commands commands, History history) {
        this.commands = commands;
        this.history = history;
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
