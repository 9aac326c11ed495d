package dev.muster.overview.view;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When an embedded store saves itself. It saves all its collections and indexes together, but not as of one moment: a
 * write that falls into the saving can be there by half after a crash, a place without its documents or a document
 * without its index. So it saves only here, between writes: what goes together is written {@link #together},
 * and a crash finds either all of it or nothing. After the last time nothing is written any more.
 */
public final class Checkpoints implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    // Fair: a stream of writers must not keep the store from saving.
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread saver;
    /** Under the lock. */
    private boolean over;

    /**
     * @param save makes everything written so far durable
     * @param full whether so much is unsaved that it shall be saved now; asked often
     * @param every how often otherwise; a crash loses at most this much, and it is read from the log again
     */
    public Checkpoints(Runnable save, BooleanSupplier full, Duration every) {
        this.saver = Thread.ofPlatform().name("view-checkpoints").daemon(true).unstarted(() -> run(save, full, every));
        saver.start();
    }

    private Checkpoints() {
        this.saver = Thread.ofVirtual().unstarted(() -> {});
    }

    /** For a store that takes care of itself. */
    public static Checkpoints none() {
        return new Checkpoints();
    }

    /** Writes what a crash must find all or none of. Many may write at a time; throws when the last save is over. */
    public void together(Runnable writes) {
        lock.readLock().lock();
        try {
            if (over) {
                throw new IllegalStateException("the views have been saved for the last time");
            }
            writes.run();
        } finally {
            lock.readLock().unlock();
        }
    }

    private void run(Runnable save, BooleanSupplier full, Duration every) {
        boolean open = true;
        boolean saved = true;
        while (open) {
            try {
                // A store that cannot be saved stays full: then there is time enough between two tries.
                open = !closedWithin(every, saved ? full : () -> false);
            } catch (InterruptedException e) {
                open = false;
            }
            saved = save(save, !open);
        }
    }

    private boolean closedWithin(Duration every, BooleanSupplier full) throws InterruptedException {
        long until = System.nanoTime() + every.toNanos();
        for (long left = every.toNanos(); left > 0; left = until - System.nanoTime()) {
            if (closed.await(Math.min(left, LOOK_EVERY.toNanos()), TimeUnit.NANOSECONDS)) {
                return true;
            }
            if (full.getAsBoolean()) {
                return false;
            }
        }
        return false;
    }

    private boolean save(Runnable save, boolean last) {
        lock.writeLock().lock();
        try {
            over = last;
            save.run();
            return true;
        } catch (RuntimeException e) {
            LOG.error("The views could not be saved; the next time comes soon: {}", e.toString(), e);
            return false;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Saves a last time, after whoever is writing; who comes later is refused. Waits for that also on a thread that is
     * interrupted, as the store is closed next.
     */
    @Override
    public void close() {
        closed.countDown();
        long until = System.nanoTime() + CLOSE_WAIT.toNanos();
        boolean interrupted = false;
        boolean waiting = true;
        while (waiting) {
            try {
                saver.join(Duration.ofNanos(until - System.nanoTime()));
                waiting = false;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
