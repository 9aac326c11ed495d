package dev.muster.updates.command;

import dev.muster.kernel.Timers;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Timers that go off by hand. */
final class HandTimers implements Timers {

    /** When each is due, by owner, a bar and key. */
    final Map<String, Instant> set = new TreeMap<>();

    private final Map<String, byte[]> payloads = new HashMap<>();
    private final Map<String, Due> owners = new HashMap<>();

    @Override
    public void set(String owner, String key, Instant due, byte[] payload) {
        set.put(owner + "|" + key, due);
        payloads.put(owner + "|" + key, payload);
    }

    @Override
    public void cancel(String owner, String key) {
        set.remove(owner + "|" + key);
    }

    @Override
    public void onDue(String owner, Due action) {
        owners.put(owner, action);
    }

    /** Lets it go off, whether or not it was set; it stays set. */
    void fire(String timer) {
        int bar = timer.indexOf('|');
        Objects.requireNonNull(owners.get(timer.substring(0, bar)))
                .fire(timer.substring(bar + 1), payloads.getOrDefault(timer, new byte[0]));
    }

    /** Lets one that was set go off. Then it is gone, unless that failed or set it for another time. */
    void ends(String timer) {
        Instant due = set.get(timer);
        if (due == null) {
            throw new AssertionError("no timer " + timer + " in " + set);
        }
        fire(timer);
        set.remove(timer, due);
    }
}
