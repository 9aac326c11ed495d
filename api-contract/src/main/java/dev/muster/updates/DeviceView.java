package dev.muster.updates;

import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device as people see it.
 *
 * @param version of the registry entry, for If-Match
 * @param lastSeen when it was last heard, or null
 * @param presence whether it keeps to its polling interval
 * @param updateStatus how its software stands
 * @param assigned what it is meant to run, or null
 * @param installed what it confirmed to run, or null
 * @param action number of the action it is working on, or null
 * @param actions numbers of all its actions, oldest first
 * @param hardware from the attributes hw_boardname and hw_revision
 * @param autoConfirm whether it agrees to updates by itself
 * @param heldBack why it is kept from rollouts and standing assignments, or null
 */
public record DeviceView(
        DeviceId id,
        String name,
        @Nullable String group,
        List<String> tags,
        Map<String, String> attributes,
        Map<String, String> metadata,
        @Nullable String address,
        Origin origin,
        Instant createdAt,
        long version,
        @Nullable Instant lastSeen,
        Presence presence,
        UpdateStatus updateStatus,
        @Nullable ReleaseRef assigned,
        @Nullable ReleaseRef installed,
        @Nullable Integer action,
        List<Integer> actions,
        Hardware hardware,
        boolean attributesRequested,
        boolean hasToken,
        boolean autoConfirm,
        @Nullable String heldBack) {

    public enum Presence {
        NEVER_SEEN,
        ONLINE,
        OVERDUE
    }

    /** As hawkBit's users know them. */
    public enum UpdateStatus {
        UNKNOWN,
        REGISTERED,
        PENDING,
        IN_SYNC,
        ERROR
    }
}
