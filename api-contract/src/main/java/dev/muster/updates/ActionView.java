package dev.muster.updates;

import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An action with its newest status entries, as stored in the view collection {@code actions} under
 * {@code <deviceId>/<action>}.
 *
 * @param attempt which try this is, counted from 1; null when it is the only one
 * @param attempts how many tries there are at most, or null
 * @param retryAt when it is tried again, or null; once read, null also when the next try, or anything newer, has begun
 * @param provenBy until when the device must report the release's version, or null
 * @param reportedVersion what the device said to run while proof was awaited, or null
 * @param before what the device had when it was given this, null if that is unknown
 * @param rollsBack the rollout that this undoes, or null
 * @param meaning what the status means for whoever looks at it; not stored, written when it is read
 * @param entries newest last, at most {@link #ENTRIES_MAX}
 */
public record ActionView(
        DeviceId deviceId,
        int action,
        ReleaseRef release,
        ActionType type,
        @Nullable Instant forcedAt,
        @Nullable Integer weight,
        @Nullable MaintenanceWindow window,
        ActionStatus status,
        boolean active,
        @Nullable Boolean timedOut,
        @Nullable RolloutId rollout,
        @Nullable Integer group,
        Instant createdAt,
        Instant changedAt,
        @Nullable Integer code,
        @Nullable Integer done,
        @Nullable Integer of,
        @Nullable Integer attempt,
        @Nullable Integer attempts,
        @Nullable Instant retryAt,
        @Nullable Instant provenBy,
        @Nullable String reportedVersion,
        @Nullable ReleaseRef before,
        @Nullable RolloutId rollsBack,
        @Nullable String meaning,
        List<Entry> entries) {

    public static final int ENTRIES_MAX = 100;

    public ActionView {
        entries = List.copyOf(entries);
    }

    /** One status report with its messages; {@code meaning} as that of the action. */
    public record Entry(
            ActionStatus status,
            Instant at,
            @Nullable Integer code,
            List<String> messages,
            @Nullable Long deviceTime,
            @Nullable String meaning) {

        public Entry {
            messages = List.copyOf(messages);
        }
    }
}
