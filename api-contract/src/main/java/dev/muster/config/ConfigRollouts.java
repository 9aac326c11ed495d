package dev.muster.config;

import dev.muster.registry.DeviceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All rollouts of configuration, in memory on each node, folded from the log. Members are known as long as a rollout is
 * not over. In one registry a device is a member of one such rollout at most: one that would reach devices of another
 * is refused, from its creation on, for what a device should have must not depend on which of two was faster.
 */
public interface ConfigRollouts {

    @Nullable
    ConfigRolloutView find(ConfigRolloutId id);

    /** As {@link #find}, refused with {@link ConfigRefusal#ROLLOUT_UNKNOWN}. */
    default ConfigRolloutView needed(ConfigRolloutId id) {
        ConfigRolloutView found = find(id);
        if (found == null) {
            throw ConfigRefusal.ROLLOUT_UNKNOWN.because("There is no rollout " + id + ".");
        }
        return found;
    }

    /** The rollout that the device is a member of, null for none. */
    @Nullable
    Membership membership(RegistryId registry, DeviceId device);

    /** The same for all registries. */
    List<Membership> memberships(DeviceId device);

    /** Members of a group for whom it is not over, by id. */
    List<DeviceId> open(ConfigRolloutId id, int group);

    /**
     * Those of these members whom the event at this position ended: of several words about one the first counts.
     *
     * @param position where a {@link ConfigRolloutEvent.MembersEnded} stands in the log
     */
    List<DeviceId> endedBy(ConfigRolloutId id, long position, List<DeviceId> members);

    /**
     * @param reached whether its group has started
     * @param ended whether it is over for the device
     */
    record Membership(ConfigRolloutId rollout, RegistryId registry, int group, boolean reached, boolean ended) {

        /** Whether it has the layer and what it makes of it matters. */
        public boolean isOpen() {
            return reached && !ended;
        }
    }
}
