package dev.muster.updates;

import dev.muster.registry.DeviceId;
import dev.muster.staging.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rollouts on this node, folded from the log, and who is a member of those that others may still join. */
public interface RolloutMemberships {

    /** Null when there is none, or it was deleted. */
    @Nullable
    OpenRollout find(RolloutId id);

    /** Those that have not ended, oldest first. */
    List<OpenRollout> open();

    /**
     * Whether the device is a member. Known only of rollouts whose plan lets devices join, while they may; false of all
     * others. An id stays a member for good, also when its device leaves and comes back: members are counted by their
     * ends, one for each.
     */
    boolean contains(RolloutId id, DeviceId device);

    /**
     * @param phase where it stands
     * @param joining whether devices that match now still join: it is running or paused, and nobody closed it
     */
    record OpenRollout(RolloutId id, RolloutPlan plan, Phase phase, boolean joining) {}
}
