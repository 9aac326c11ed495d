package dev.muster.updates.command;

import dev.muster.kernel.Timers;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Timers that go off when the test says so. One that fails stays, as it does in the house. */
final class HandTimers implements Timers {

    /** When each is due, by owner, a bar and key. */
    final Map<String, Instant> due = new HashMap<>();

    private final Map<String, Due> actions = new HashMap<>();

    @Override
    public void set(String owner, String key, Instant when, byte[] payload) {
        due.put(owner + "|" + key, when);
    }

    @Override
    public void cancel(String owner, String key) {
        due.remove(owner + "|" + key);
    }

    @Override
    public void onDue(String owner, Due action) {
        actions.put(owner, action);
    }

    /** Lets this one go off. */
    void fire(String owner, String key) {
        Instant fired = due.get(owner + "|" + key);
        Due action = actions.get(owner);
        if (fired == null || action == null) {
            throw new AssertionError("no timer " + owner + " " + key + " in " + due);
        }
        action.fire(key, new byte[0]);
        // Set anew for another time it stays.
        due.remove(owner + "|" + key, fired);
    }
}
