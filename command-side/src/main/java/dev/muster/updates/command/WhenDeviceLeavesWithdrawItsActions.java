package dev.muster.updates.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.updates.ActionCommand.WithdrawActions;
import dev.muster.updates.Fleet;
import java.util.List;
import java.util.Map;

/**
 * A device that left has nothing to install any more, and its consent ends with it. Its id may be in use again by the
 * time this is heard; what the new device was given meanwhile stays.
 */
public final class WhenDeviceLeavesWithdrawItsActions implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:decommission");

    private final Commands commands;
    private final Fleet fleet;
    private final Positions positions;

    public WhenDeviceLeavesWithdrawItsActions(Commands commands, Fleet fleet, Positions positions) {
        this.commands = commands;
        this.fleet = fleet;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-device-leaves-withdraw-its-actions";
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof DeviceDecommissioned left) {
                Await.done(positions.folded(recorded.position(), Await.HANDLER_WAIT_MAX));
                Fleet.Recipient back = fleet.recipient(left.deviceId());
                Await.done(commands.send(
                        new WithdrawActions(left.deviceId(), back == null ? null : back.returnedAt()), SYSTEM));
            }
        }
    }
}
