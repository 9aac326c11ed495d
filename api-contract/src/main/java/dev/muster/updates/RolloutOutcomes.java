package dev.muster.updates;

import dev.muster.registry.DeviceId;
import java.util.List;

/** How rollouts ended for devices, as this node's index of the fleet has it. */
public interface RolloutOutcomes {

    /** The devices on which it failed for good, in ascending order of id. Looks at the whole fleet. */
    List<DeviceId> failed(RolloutId rollout);
}
