package dev.muster.updates.command;

import dev.muster.kernel.Timers;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Timers that go off by hand. */
final class HandTimers implements Timers {

    final Map<String, Instant> set = new TreeMap<>();
    private final Map<String, Due> owners = new HashMap<>();

    @Override
    public void set(String owner, String key, Instant due, byte[] payload) {
        set.put(owner + "|" + key, due);
    }

    @Override
    public void cancel(String owner, String key) {
        set.remove(owner + "|" + key);
    }

    @Override
    public void onDue(String owner, Due action) {
        owners.put(owner, action);
    }

    void fire(String timer) {
        int bar = timer.indexOf('|');
        Objects.requireNonNull(owners.get(timer.substring(0, bar))).fire(timer.substring(bar + 1), new byte[0]);
    }
}
