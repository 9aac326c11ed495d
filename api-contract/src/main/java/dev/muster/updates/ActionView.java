package dev.muster.updates;

import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An action with its newest status entries, as stored in the view collection {@code actions} under
 * {@code <deviceId>/<action>}.
 *
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
        List<Entry> entries) {

    public static final int ENTRIES_MAX = 100;

    public ActionView {
        entries = List.copyOf(entries);
    }

    /** One status report with its messages. */
    public record Entry(
            ActionStatus status,
            Instant at,
            @Nullable Integer code,
            List<String> messages,
            @Nullable Long deviceTime) {

        public Entry {
            messages = List.copyOf(messages);
        }
    }
}
