package dev.muster.overview.view;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When an embedded store saves itself. It saves all its collections and indexes together, but not as of one moment: a
 * write that falls into the saving can be there by half after a crash, a place without its documents or a document
 * without its index. So it saves only here, between writes: what goes together is written under {@link #writing}, and
 * a crash finds either all of it or nothing.
 */
public final class Checkpoints implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(20);

    // Fair: a stream of writers must not keep the store from saving.
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread saver;

    /**
     * @param save makes everything written so far durable
     * @param every how often; a crash loses at most this much, and it is read from the log again
     */
    public Checkpoints(Runnable save, Duration every) {
        this.saver = Thread.ofPlatform().name("view-checkpoints").daemon(true).unstarted(() -> run(save, every));
        saver.start();
    }

    private Checkpoints() {
        this.saver = Thread.ofVirtual().unstarted(() -> {});
    }

    /** For a store that takes care of itself. */
    public static Checkpoints none() {
        return new Checkpoints();
    }

    /** Held around writes that belong together. Many may hold it at a time. */
    public Lock writing() {
        return lock.readLock();
    }

    private void run(Runnable save, Duration every) {
        boolean open = true;
        while (open) {
            try {
                open = !closed.await(every.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                open = false;
            }
            lock.writeLock().lock();
            try {
                save.run();
            } catch (RuntimeException e) {
                LOG.error("The views could not be saved; the next time comes soon: {}", e.toString(), e);
            } finally {
                lock.writeLock().unlock();
            }
        }
    }

    /** Saves a last time; after the writers have stopped. */
    @Override
    public void close() {
        closed.countDown();
        try {
            saver.join(CLOSE_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
