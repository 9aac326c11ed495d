package dev.muster.updates;

import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.Set;

/** What devices are at, as this node's index of the fleet has it. */
public interface OpenActions {

    /** Every action of the release that is not over. Looks at the whole fleet. */
    List<OpenAction> of(ReleaseId release);

    /** Every release, also a deleted one, of which an action is not over. Looks at the whole fleet. */
    Set<ReleaseId> releases();

    record OpenAction(DeviceId deviceId, int action) {}
}
