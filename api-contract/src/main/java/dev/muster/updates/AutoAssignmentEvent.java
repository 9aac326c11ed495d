package dev.muster.updates;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened to a standing assignment. */
public sealed interface AutoAssignmentEvent {

    UUID autoAssignmentId();

    record AutoAssignmentCreated(
            UUID autoAssignmentId,
            String name,
            String filter,
            @Nullable ReleaseRef release,
            @Nullable String releaseName,
            ActionType type,
            @Nullable Integer weight)
            implements AutoAssignmentEvent {}

    record AutoAssignmentDeleted(UUID autoAssignmentId) implements AutoAssignmentEvent {}
}
