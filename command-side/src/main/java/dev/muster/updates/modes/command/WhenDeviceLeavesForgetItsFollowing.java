package dev.muster.updates.modes.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.updates.Fleet;
import dev.muster.updates.modes.FollowingCommand.ForgetFollowing;
import java.util.List;
import java.util.Map;

/**
 * A device that left follows nothing any more, and one that takes its id begins anew. It may be there by the time this
 * is heard; what it was told since stays.
 */
public final class WhenDeviceLeavesForgetItsFollowing implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:decommission");

    private final Commands commands;
    private final Fleet fleet;
    private final Positions positions;

    public WhenDeviceLeavesForgetItsFollowing(Commands commands, Fleet fleet, Positions positions) {
        this.commands = commands;
        this.fleet = fleet;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-device-leaves-forget-its-following";
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof DeviceDecommissioned left) {
                Await.done(positions.folded(recorded.position(), Await.HANDLER_WAIT_MAX));
                Fleet.Recipient back = fleet.recipient(left.deviceId());
                Await.done(commands.send(
                        new ForgetFollowing(left.deviceId(), back == null ? null : back.returnedAt()), SYSTEM));
            }
        }
    }
}
