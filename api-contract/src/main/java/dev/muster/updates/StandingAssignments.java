package dev.muster.updates;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The standing assignments in force on this node, folded from the log: there are few, and policies ask often. */
public interface StandingAssignments {

    /** All that were not deleted, oldest first. */
    List<StandingAssignment> all();

    /**
     * Every device that matches, now and later, gets a release.
     *
     * @param id the aggregate's number
     * @param name for people
     * @param filter RSQL over the fleet
     * @param release the release to give, or null for the latest one that fits the device
     * @param releaseName with {@code release} null: only releases of this name, or null for any
     * @param type urgency of the actions it makes
     * @param weight 0 to 1000, or null for the maximum
     * @param createdAt when it was set up
     */
    record StandingAssignment(
            UUID id,
            String name,
            String filter,
            @Nullable ReleaseRef release,
            @Nullable String releaseName,
            ActionType type,
            @Nullable Integer weight,
            Instant createdAt) {}
}
