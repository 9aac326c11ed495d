package dev.muster.updates;

import dev.muster.kernel.AggregateCommand;
import java.util.UUID;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a standing assignment: every matching device, now and later, gets a release. */
public sealed interface AutoAssignmentCommand extends AggregateCommand {

    UUID autoAssignmentId();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "auto-assignment/" + autoAssignmentId();
    }

    /**
     * @param filter RSQL over the fleet
     * @param release the release to give, or null for the latest one that fits the device
     * @param releaseName with {@code release} null: only releases of this name, or null for any
     */
    record CreateAutoAssignment(
            UUID autoAssignmentId,
            String name,
            String filter,
            @Nullable ReleaseRef release,
            @Nullable String releaseName,
            ActionType type,
            @Nullable Integer weight)
            implements AutoAssignmentCommand {}

    record DeleteAutoAssignment(UUID autoAssignmentId) implements AutoAssignmentCommand {}
}
