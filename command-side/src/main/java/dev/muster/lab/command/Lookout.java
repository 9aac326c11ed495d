package dev.muster.lab.command;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that looks when it is woken and when the time that it was told has passed; never twice at once. */
final class Lookout implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

    private final String name;
    private final Duration pauseMax;
    private final Supplier<Duration> look;
    private final Semaphore calls = new Semaphore(0);
    private @Nullable Thread thread;
    private volatile boolean closed;

    /**
     * @param name of the thread
     * @param pauseMax the longest pause between two looks
     * @param look answers how long the next look can wait
     */
    Lookout(String name, Duration pauseMax, Supplier<Duration> look) {
        this.name = name;
        this.pauseMax = pauseMax;
        this.look = look;
    }

    synchronized void start() {
        if (thread == null && !closed) {
            thread = Thread.ofPlatform().name(name).daemon().start(this::run);
        }
    }

    void wake() {
        if (calls.availablePermits() == 0) {
            calls.release();
        }
    }

    private void run() {
        try {
            while (!closed) {
                Duration pause = looked();
                if (calls.tryAcquire(Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS)) {
                    calls.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration looked() {
        try {
            Duration next = look.get();
            return next.compareTo(pauseMax) < 0 ? next : pauseMax;
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.warn("{} failed and looks again", name, e);
            }
            return pauseMax;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
