package dev.muster.updates.command;

import dev.muster.registry.DeviceId;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutMemberships;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rollouts and members as a test says. */
final class KnownRollouts implements RolloutMemberships {

    final List<OpenRollout> open = new ArrayList<>();
    final Set<DeviceId> members = new HashSet<>();

    @Override
    public OpenRollout find(RolloutId id) {
        return open.stream().filter(each -> each.id().equals(id)).findFirst().orElse(null);
    }

    @Override
    public List<OpenRollout> open() {
        return List.copyOf(open);
    }

    @Override
    public boolean contains(RolloutId id, DeviceId device) {
        return members.contains(device);
    }
}
