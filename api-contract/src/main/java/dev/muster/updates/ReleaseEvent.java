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

    record ReleaseInvalidated(ReleaseId releaseId) implements ReleaseEvent {}

    record ReleaseDeleted(ReleaseId releaseId) implements ReleaseEvent {}
}
