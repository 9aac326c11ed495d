package dev.muster.server.policy;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.server.log.Log;
import dev.muster.server.log.LogCursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One policy at work on a thread of its own. Its place in the log is kept durably a few times a second, so a crash
 * repeats a moment of it. A batch that fails is tried again with growing pauses; then event by event; an event that
 * still fails is parked, later events of the same aggregate are parked behind it, and the line goes on. When all that
 * is wrong is a house too busy for more commands, that is no fault of the event: it is tried until the house has time, as
 * rules that count would otherwise miss it.
 */
final class PolicyRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyRunner.class);
    private static final Duration IDLE_WAIT = Duration.ofMillis(500);
    private static final Duration KEEP_EVERY = Duration.ofMillis(250);
    private static final int MANY = 32;
    private static final long GATHER_MS = 10;
    private static final int ATTEMPTS_MAX = 5;
    private static final long PAUSE_MIN_MS = 50;
    private static final long PAUSE_MAX_MS = 5_000;
    private static final long BUSY_PAUSE_MAX_MS = 1_000;

    private final Policy policy;
    private final Log log;
    private final Places places;
    private final ParkedEvents parked;
    private final Thread worker;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean running = true;
    private volatile long position;
    private long kept;
    private long keptAt;

    PolicyRunner(Policy policy, Log log, Places places, ParkedEvents parked) {
        this.policy = policy;
        this.log = log;
        this.places = places;
        this.parked = parked;
        this.worker =
                Thread.ofPlatform().name("policy-" + policy.name()).daemon().unstarted(this::work);
    }

    void start() {
        // A policy hears the log from the moment it is first installed: effects are never replayed.
        position = places.of(policy.name(), log::committed);
        kept = position;
        worker.start();
    }

    String name() {
        return policy.name();
    }

    /** The position up to which everything is done. */
    long position() {
        return position;
    }

    /**
     * Tries what is parked for an aggregate once more, oldest first, and stops at the first that still fails. Answers
     * how many could be done. Never at the same time as the line itself.
     */
    int retry(String aggregate, LongFunction<@Nullable Recorded> at) {
        turn.lock();
        try {
            int done = 0;
            for (ParkedEvents.Parked each : parked.all()) {
                if (!each.policy().equals(policy.name()) || !each.aggregate().equals(aggregate)) {
                    continue;
                }
                Recorded recorded = at.apply(each.position());
                if (recorded != null) {
                    policy.react(List.of(recorded));
                }
                parked.unpark(each);
                done++;
            }
            return done;
        } finally {
            turn.unlock();
        }
    }

    private void work() {
        try (LogCursor cursor = log.after(position)) {
            while (running) {
                List<Recorded> batch = cursor.next(policy.batchMax(), IDLE_WAIT);
                if (!batch.isEmpty()) {
                    turn.lock();
                    try {
                        reactTo(batch);
                    } finally {
                        turn.unlock();
                    }
                    position = batch.getLast().position();
                }
                keepPlace(batch.isEmpty());
                gather(batch.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (running) {
                LOG.error("policy {} stopped at position {}", policy.name(), position, e);
            }
        }
    }

    /**
     * When many events come at once, waits for more of them. Each commit wakes all policies, and most have nothing to do
     * with most events; a single event waits for nobody, and neither does whoever has not caught up.
     */
    private void gather(int came) throws InterruptedException {
        if (came >= MANY && came < policy.batchMax()) {
            Thread.sleep(GATHER_MS);
        }
    }

    /** Not after each batch: what is repeated after a crash is idempotent, an fsync per batch is not free. */
    private void keepPlace(boolean idle) {
        long now = System.nanoTime();
        if (position != kept && (idle || now - keptAt > KEEP_EVERY.toNanos())) {
            places.keep(policy.name(), position);
            kept = position;
            keptAt = now;
        }
    }

    private void reactTo(List<Recorded> batch) throws InterruptedException {
        List<Recorded> due = batch;
        if (parked.any(policy.name())) {
            due = new ArrayList<>();
            for (Recorded recorded : batch) {
                if (!parked.behind(policy.name(), recorded)) {
                    due.add(recorded);
                }
            }
        }
        if (due.isEmpty() || attempt(due) == null) {
            return;
        }
        for (Recorded recorded : due) {
            RuntimeException failure = parked.behind(policy.name(), recorded) ? null : attempt(List.of(recorded));
            if (failure != null) {
                LOG.error("policy {} parked position {}", policy.name(), recorded.position(), failure);
                parked.park(policy.name(), recorded, failure);
            }
        }
    }

    /** Null on success, else the last failure. */
    private @Nullable RuntimeException attempt(List<Recorded> batch) throws InterruptedException {
        RuntimeException last = null;
        int attempt = 0;
        for (int failures = 0; attempt < ATTEMPTS_MAX; failures++) {
            try {
                policy.react(batch);
                return null;
            } catch (RuntimeException e) {
                if (!running) {
                    throw new InterruptedException("stopping");
                }
                last = e;
                LOG.warn(
                        "policy {} failed at position {}, attempt {}",
                        policy.name(),
                        batch.getFirst().position(),
                        failures + 1,
                        e);
                boolean busy = Refused.is(e, KernelRefusal.OVERLOADED);
                long pauseMax = busy ? BUSY_PAUSE_MAX_MS : PAUSE_MAX_MS;
                long pause = Math.min(pauseMax, PAUSE_MIN_MS << Math.min(2 * failures, 16));
                attempt += busy ? 0 : 1;
                Thread.sleep(pause + ThreadLocalRandom.current().nextLong(pause));
            }
        }
        return last;
    }

    @Override
    public void close() {
        running = false;
        worker.interrupt();
    }
}
