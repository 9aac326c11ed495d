package dev.muster.updates;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a software release. */
public sealed interface ReleaseEvent {

    ReleaseId releaseId();

    record ReleaseCreated(
            ReleaseId releaseId,
            String name,
            String version,
            List<SoftwareModule> modules,
            boolean migrationStep,
            @Nullable String notes)
            implements ReleaseEvent {}

    /** {@code cancel} is null in old history, where nothing was canceled. */
    record ReleaseInvalidated(ReleaseId releaseId, ReleaseCommand.@Nullable Cancel cancel) implements ReleaseEvent {}

    record ReleaseDeleted(ReleaseId releaseId) implements ReleaseEvent {}
}
