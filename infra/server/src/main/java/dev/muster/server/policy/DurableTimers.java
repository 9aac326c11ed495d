package dev.muster.server.policy;

import dev.muster.kernel.Timers;
import dev.muster.store.EmbeddedStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fires the store's timers, several at a time: a hundred thousand devices whose time is up together, or one effect that
 * takes minutes, do not hold up the others. No timer is fired twice at once. One whose action fails stays due and is
 * tried again after a rest; those that fail for long are passed over meanwhile, so that they starve nobody.
 */
public final class DurableTimers implements Timers, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DurableTimers.class);
    private static final long LOOK_EVERY_MS = 250;
    private static final int DUE_MAX = 500;
    private static final int AT_WORK_MAX = 64;
    private static final Duration REST = Duration.ofSeconds(2);
    private static final Duration END_WAIT_MAX = Duration.ofSeconds(5);

    private final dev.muster.store.Timers timers;
    private final Clock clock;
    private final Map<String, Due> owners = new ConcurrentHashMap<>();
    private final Set<String> atWork = ConcurrentHashMap.newKeySet();
    /** Those that failed, with when they are tried again. */
    private final Map<String, Instant> resting = new ConcurrentHashMap<>();

    private final Semaphore room = new Semaphore(AT_WORK_MAX);
    private final ExecutorService crew = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("timer-", 0).factory());
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
    public void change(String owner, List<Change> changes) {
        timers.change(changes.stream()
                .map(each -> new dev.muster.store.Timers.Change(owner + "|" + each.key(), each.due(), each.payload()))
                .toList());
    }

    @Override
    public void onDue(String owner, Due action) {
        owners.put(owner, action);
    }

    private void watch() {
        while (running) {
            try {
                if (look() < DUE_MAX) {
                    Thread.sleep(LOOK_EVERY_MS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (running) {
                    LOG.warn("timers could not be looked at", e);
                    rest();
                }
            }
        }
    }

    private static void rest() {
        try {
            Thread.sleep(LOOK_EVERY_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers how many were fired. */
    private int look() throws InterruptedException {
        Instant now = clock.instant();
        resting.values().removeIf(until -> !until.isAfter(now));
        int fired = 0;
        for (var timer : timers.due(now, DUE_MAX + atWork.size() + resting.size())) {
            Due action = owners.get(timer.key().substring(0, timer.key().indexOf('|')));
            if (action != null && !resting.containsKey(timer.key()) && atWork.add(timer.key())) {
                hand(timer, action);
                fired++;
            }
        }
        return fired;
    }

    private void hand(dev.muster.store.Timers.Timer timer, Due action) throws InterruptedException {
        boolean handed = false;
        try {
            room.acquire();
            crew.execute(() -> {
                try {
                    fire(timer, action);
                } finally {
                    atWork.remove(timer.key());
                    room.release();
                }
            });
            handed = true;
        } finally {
            if (!handed) {
                atWork.remove(timer.key());
            }
        }
    }

    private void fire(dev.muster.store.Timers.Timer timer, Due action) {
        try {
            // It may have been done, moved or cancelled since it was looked up.
            if (timers.get(timer.key())
                    .filter(it -> it.due().equals(timer.due()))
                    .isPresent()) {
                action.fire(timer.key().substring(timer.key().indexOf('|') + 1), timer.payload());
                timers.complete(timer);
            }
        } catch (RuntimeException e) {
            if (running) {
                resting.put(timer.key(), clock.instant().plus(REST));
                LOG.warn("timer {} will be tried again", timer.key(), e);
            }
        }
    }

    @Override
    public void close() {
        running = false;
        watcher.interrupt();
        crew.shutdownNow();
        try {
            if (!crew.awaitTermination(END_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} timers are still at work", atWork.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
