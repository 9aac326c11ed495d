package dev.muster.config.command;

import dev.muster.identity.Caller;
import dev.muster.kernel.Await;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A device that was taken out of service takes its secrets with it: its key is destroyed, and nothing that was sealed
 * for it opens any more, in no version and no copy of the log. Its other values stay, as its history does.
 *
 * <p>A device may be back under its id by the time this is heard. There is one key for an id, so a secret that was
 * written in that moment for the one that came goes too; it is told as forgotten and has to be written again. The other
 * way round the secrets of the one that left would stay readable for good, and that is worse.
 */
public final class WhenDeviceLeavesDestroyItsKey implements Policy {

    private static final Caller SYSTEM = new Caller(
            Caller.Kind.SYSTEM, "decommission", null, Set.of(), Map.of(Provenance.ACTOR, "system:decommission"));

    private final SecretsOffice office;
    private final Positions positions;

    public WhenDeviceLeavesDestroyItsKey(SecretsOffice office, Positions positions) {
        this.office = office;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-device-leaves-destroy-its-key";
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof DeviceDecommissioned left) {
                Await.done(positions.folded(recorded.position(), Await.HANDLER_WAIT_MAX));
                Await.done(office.destroy(left.deviceId()).contextWrite(context -> context.put(Caller.class, SYSTEM)));
            }
        }
    }
}
