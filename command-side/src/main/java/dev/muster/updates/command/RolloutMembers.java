package dev.muster.updates.command;

import dev.muster.kernel.History;
import dev.muster.registry.DeviceId;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a rollout's frozen members from its own history: they were said once and are kept nowhere else. */
final class RolloutMembers {

    private final History history;

    RolloutMembers(History history) {
        this.history = history;
    }

    /** The plan and the members, as far as the history goes. */
    record Membership(@Nullable RolloutPlan plan, List<List<DeviceId>> groups) {}

    Membership of(RolloutId id) {
        RolloutPlan plan = null;
        List<List<DeviceId>> groups = new ArrayList<>();
        for (var recorded : history.of("rollout/" + id)) {
            if (recorded.event() instanceof RolloutCreated created) {
                plan = created.plan();
                created.plan().groups().forEach(group -> groups.add(new ArrayList<>()));
            } else if (recorded.event() instanceof MembersPlanned planned) {
                groups.get(planned.group()).addAll(planned.members());
            }
        }
        return new Membership(plan, groups);
    }
}
