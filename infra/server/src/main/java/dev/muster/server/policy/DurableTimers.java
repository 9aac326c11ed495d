package dev.muster.server.policy;

import dev.muster.kernel.Timers;
import dev.muster.store.EmbeddedStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fires the store's timers. A timer whose action fails stays due and is tried again at the next look. */
public final class DurableTimers implements Timers, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DurableTimers.class);
    private static final long LOOK_EVERY_MS = 250;
    private static final int DUE_MAX = 500;

    private final dev.muster.store.Timers timers;
    private final Clock clock;
    private final Map<String, Due> owners = new ConcurrentHashMap<>();
    private final Thread watcher;
    private volatile boolean running = true;

    public DurableTimers(EmbeddedStore store, Clock clock) {
        this.timers = new dev.muster.store.Timers(store);
        this.clock = clock;
        this.watcher = Thread.ofPlatform().name("timers").daemon().unstarted(this::watch);
    }

    public void start() {
        watcher.start();
    }

    @Override
    public void set(String owner, String key, Instant due, byte[] payload) {
        timers.schedule(owner + "|" + key, due, payload);
    }

    @Override
    public void cancel(String owner, String key) {
        timers.cancel(owner + "|" + key);
    }

    @Override
    public void onDue(String owner, Due action) {
        owners.put(owner, action);
    }

    private void watch() {
        while (running) {
            try {
                for (var timer : timers.due(clock.instant(), DUE_MAX)) {
                    fire(timer);
                }
                Thread.sleep(LOOK_EVERY_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (running) {
                    LOG.warn("timers could not be looked at", e);
                }
            }
        }
    }

    private void fire(dev.muster.store.Timers.Timer timer) {
        int bar = timer.key().indexOf('|');
        Due action = owners.get(timer.key().substring(0, bar));
        if (action == null) {
            return;
        }
        try {
            action.fire(timer.key().substring(bar + 1), timer.payload());
            timers.complete(timer);
        } catch (RuntimeException e) {
            LOG.warn("timer {} will be tried again", timer.key(), e);
        }
    }

    @Override
    public void close() {
        running = false;
        watcher.interrupt();
    }
}
