package dev.muster.updates.command;

import dev.muster.kernel.History;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.command.FrozenMembers;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
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
        List<Recorded> past = history.of("rollout/" + id);
        RolloutPlan plan = past.stream()
                .map(Recorded::event)
                .filter(RolloutCreated.class::isInstance)
                .map(event -> ((RolloutCreated) event).plan())
                .findFirst()
                .orElse(null);
        return new Membership(plan, FrozenMembers.in(past, RolloutSteps::of));
    }
}
