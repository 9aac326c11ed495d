package dev.muster.updates;

import dev.muster.registry.DeviceId;
import java.util.List;

/** What devices are at, as this node's index of the fleet has it. */
public interface OpenActions {

    /** Every action of the release that is not over. Looks at the whole fleet. */
    List<OpenAction> of(ReleaseId release);

    record OpenAction(DeviceId deviceId, int action) {}
}
