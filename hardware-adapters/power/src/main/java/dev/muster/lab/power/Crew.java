package dev.muster.lab.power;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of this adapter: one that keeps time and goes on after answers, a few for what may block for a moment (names,
 * files, starting programs), and virtual ones on which callers hear what became of it, so a slow caller delays nobody.
 */
final class Crew implements AutoCloseable {

    private static final int WORKERS = 16;
    private static final int WORK_MAX = 4096;
    private static final Duration IDLE_MAX = Duration.ofSeconds(30);

    private final ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("lab-power").factory());
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            IDLE_MAX.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WORK_MAX),
            Thread.ofPlatform().daemon().name("lab-power-worker-", 0).factory());
    private final ExecutorService listeners = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("lab-power-answer-", 0).factory());

    Crew() {
        workers.allowCoreThreadTimeOut(true);
        loop.setRemoveOnCancelPolicy(true);
    }

    ScheduledExecutorService loop() {
        return loop;
    }

    Executor workers() {
        return workers;
    }

    /** Tells a caller, on a thread of its own while there are any. */
    void tell(Runnable news) {
        try {
            listeners.execute(news);
        } catch (RejectedExecutionException e) {
            news.run();
        }
    }

    boolean isOff() {
        return loop.isShutdown();
    }

    @Override
    public void close() {
        loop.shutdownNow();
        workers.shutdownNow();
        listeners.shutdown();
    }
}
