package dev.muster.updates.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.updates.ActionCommand.WithdrawActions;
import java.util.List;
import java.util.Map;

/** A device that left has nothing to install any more. */
public final class WhenDeviceLeavesWithdrawItsActions implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:decommission");

    private final Commands commands;

    public WhenDeviceLeavesWithdrawItsActions(Commands commands) {
        this.commands = commands;
    }

    @Override
    public String name() {
        return "when-device-leaves-withdraw-its-actions";
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof DeviceDecommissioned left) {
                Await.done(commands.send(new WithdrawActions(left.deviceId()), SYSTEM));
            }
        }
    }
}
