package dev.muster.updates;

import dev.muster.kernel.AggregateCommand;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a software release. */
public sealed interface ReleaseCommand extends AggregateCommand {

    ReleaseId releaseId();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "release/" + releaseId();
    }

    /** Makes a release of stored artifacts. Its content never changes afterwards. */
    record CreateRelease(
            ReleaseId releaseId,
            String name,
            String version,
            List<SoftwareModule> modules,
            boolean migrationStep,
            @Nullable String notes)
            implements ReleaseCommand {}

    /**
     * Stops every use of the release: rollouts, standing assignments and, as {@code cancel} says, open actions. Saying it
     * again with a harder word counts.
     */
    record InvalidateRelease(ReleaseId releaseId, Cancel cancel) implements ReleaseCommand {}

    /** What becomes of open actions of a release that turned out bad, the gentlest first. */
    enum Cancel {
        /** They go on. */
        NONE,
        /** The devices are asked to stop. */
        SOFT,
        /** They are asked, and the actions end without their word. */
        FORCE
    }

    /** Takes the release off the shelf; history keeps it. */
    record DeleteRelease(ReleaseId releaseId) implements ReleaseCommand {}
}
