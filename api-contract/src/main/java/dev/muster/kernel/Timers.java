package dev.muster.kernel;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Durable deadlines. A timer fires at least once, never early; whoever set it must make its effect idempotent. Setting
 * the same key again moves it.
 */
public interface Timers {

    /** @param key unique within {@code owner}; at most 1 KiB with the payload below 4 KiB */
    void set(String owner, String key, Instant due, byte[] payload);

    void cancel(String owner, String key);

    /**
     * Sets and cancels many, as if in their order, so the last word on a key counts; all of it is durable on return.
     * Whoever has many brings them together: one by one, each would wait for the disk.
     */
    default void change(String owner, List<Change> changes) {
        for (Change each : changes) {
            Instant due = each.due();
            if (due == null) {
                cancel(owner, each.key());
            } else {
                set(owner, each.key(), due, each.payload());
            }
        }
    }

    /**
     * A timer that is set, or cancelled.
     *
     * @param key as with {@link #set}
     * @param due when it fires, or null to cancel it
     * @param payload as with {@link #set}
     */
    @SuppressWarnings("ArrayRecordComponent") // passed through, never compared
    record Change(String key, @Nullable Instant due, byte[] payload) {

        public static Change set(String key, Instant due) {
            return new Change(key, due, new byte[0]);
        }

        public static Change cancel(String key) {
            return new Change(key, null, new byte[0]);
        }
    }

    /** Called for each due timer of {@code owner}; the timer is forgotten when the call returns normally. */
    void onDue(String owner, Due action);

    @FunctionalInterface
    interface Due {
        void fire(String key, byte[] payload);
    }
}
