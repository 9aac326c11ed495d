package dev.muster.updates.command;

import dev.muster.kernel.History;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.updates.ActionType;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutReady;
import dev.muster.updates.RolloutEvent.RolloutStarted;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The history of one rollout whose only group has started. */
final class ToldRollout implements History {

    private final RolloutId id;
    private final ReleaseRef release;
    private final Instant at;
    private final List<Recorded> told = new ArrayList<>();

    ToldRollout(RolloutId id, ReleaseRef release, List<DeviceId> members, Instant at) {
        this.id = id;
        this.release = release;
        this.at = at;
        says(new RolloutCreated(id, plan(null), null));
        int chunk = 0;
        for (int from = 0; from < members.size(); from += 700) {
            List<DeviceId> part = members.subList(from, Math.min(members.size(), from + 700));
            says(new MembersPlanned(id, 0, chunk++, part));
        }
        says(new RolloutReady(id, List.of(members.size()), 0));
        says(new RolloutStarted(id));
        says(new GroupStarted(id, 0));
    }

    private RolloutPlan plan(@Nullable RolloutPolicy care) {
        return new RolloutPlan(
                "winter",
                release,
                "id==*",
                List.of(new Group("all", 100, 80, 20, null, null)),
                ActionType.FORCED,
                null,
                null,
                null,
                false,
                null,
                null,
                care);
    }

    /** As if it had been planned with this care. */
    void planned(RolloutPolicy care) {
        told.set(0, recorded(new RolloutCreated(id, plan(care), null), 0));
    }

    void says(RolloutEvent event) {
        says(event, at);
    }

    void says(RolloutEvent event, Instant when) {
        int sequence = told.size();
        told.add(new Recorded(sequence, "e" + sequence, when, event, "rollout/" + id, sequence, Map.of()));
    }

    Recorded recorded(RolloutEvent event, long sequence) {
        return new Recorded(sequence, "e" + sequence, at, event, "rollout/" + id, sequence, Map.of());
    }

    @Override
    public List<Recorded> of(String aggregate) {
        return aggregate.equals("rollout/" + id) ? List.copyOf(told) : List.of();
    }

    @Override
    public Flux<Recorded> after(long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Recorded> before(long position, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Recorded at(long position) {
        throw new UnsupportedOperationException();
    }
}
