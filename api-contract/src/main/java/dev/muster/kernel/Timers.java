package dev.muster.kernel;

import java.time.Instant;

/**
 * Durable deadlines. A timer fires at least once, never early; whoever set it must make its effect idempotent. Setting
 * the same key again moves it.
 */
public interface Timers {

    /** @param key unique within {@code owner}; at most 1 KiB with the payload below 4 KiB */
    void set(String owner, String key, Instant due, byte[] payload);

    void cancel(String owner, String key);

    /** Called for each due timer of {@code owner}; the timer is forgotten when the call returns normally. */
    void onDue(String owner, Due action);

    @FunctionalInterface
    interface Due {
        void fire(String key, byte[] payload);
    }
}
