package dev.muster.updates.query;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.updates.AutoAssignmentEvent.AutoAssignmentCreated;
import dev.muster.updates.AutoAssignmentEvent.AutoAssignmentDeleted;
import dev.muster.updates.StandingAssignments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The standing assignments, folded from the log. */
public final class AutoAssignmentsIndex implements Fold, StandingAssignments {

    private final Map<UUID, StandingAssignment> byId = new LinkedHashMap<>();
    private volatile List<StandingAssignment> all = List.of();

    @Override
    public String name() {
        return "auto-assignments";
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case AutoAssignmentCreated event -> {
                byId.put(
                        event.autoAssignmentId(),
                        new StandingAssignment(
                                event.autoAssignmentId(),
                                event.name(),
                                event.filter(),
                                event.release(),
                                event.releaseName(),
                                event.type(),
                                event.weight(),
                                recorded.at()));
                all = List.copyOf(byId.values());
            }
            case AutoAssignmentDeleted event -> {
                byId.remove(event.autoAssignmentId());
                all = List.copyOf(byId.values());
            }
            default -> {}
        }
    }

    @Override
    public List<StandingAssignment> all() {
        return all;
    }
}
