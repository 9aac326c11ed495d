package dev.muster.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest durable position, and everyone who wants to hear of it. */
final class CommitWatch {

    private static final Logger LOG = LoggerFactory.getLogger(CommitWatch.class);

    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private volatile long committed;

    CommitWatch(long committed) {
        this.committed = committed;
    }

    long committed() {
        return committed;
    }

    /** Called by the committer alone, before it tells the callers: who was told can read what was written. */
    void advance(long position) {
        if (position == committed) {
            return;
        }
        committed = position;
        lock.lock();
        try {
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
        for (LongConsumer listener : listeners) {
            try {
                listener.accept(position);
            } catch (RuntimeException e) {
                LOG.warn("a listener of the event store failed at position {}", position, e);
            }
        }
    }

    Runnable listen(LongConsumer listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Waits until there is something after this position; false when there was nothing within the time. */
    boolean awaitAfter(long position, Duration waitMax) throws InterruptedException {
        if (committed > position) {
            return true;
        }
        long left = waitMax.toNanos();
        lock.lock();
        try {
            while (committed <= position) {
                if (left <= 0) {
                    return false;
                }
                left = advanced.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
