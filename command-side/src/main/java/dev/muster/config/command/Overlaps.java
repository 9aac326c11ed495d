package dev.muster.config.command;

import dev.muster.config.ConfigRolloutId;
import dev.muster.config.ConfigRollouts;
import dev.muster.config.ConfigRollouts.Membership;
import dev.muster.config.RegistryId;
import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Other rollouts of the same registry that are not over and have some of the same members. */
final class Overlaps {

    /** Rollouts that a refusal names. */
    private static final int NAMED_MAX = 20;

    private Overlaps() {}

    /** Their ids as text, at most some. */
    static SortedSet<String> of(
            ConfigRollouts rollouts, ConfigRolloutId id, RegistryId registry, List<DeviceId> members) {
        TreeSet<String> others = new TreeSet<>();
        for (DeviceId member : members) {
            Membership other = rollouts.membership(registry, member);
            if (other != null && !other.rollout().equals(id) && others.size() < NAMED_MAX) {
                others.add(other.rollout().toString());
            }
        }
        return others;
    }
}
