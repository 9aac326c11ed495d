package dev.muster.apps.simulator;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** What many simulated agents share: one client with its few threads, one clock, and virtual threads. */
public final class AgentPlant implements AutoCloseable {

    /** The real one's patience for a connection, with the handshake in it. */
    private static final Duration CONNECT_MAX = Duration.ofMillis(1_250);

    final Duration connectMax;
    final HttpClient http;
    private final Clock clock = Clock.systemUTC();
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("agents-ticks").daemon().factory());

    public AgentPlant() {
        this(CONNECT_MAX);
    }

    /** @param connectMax how long a connection may take; thousands at once, all on one machine, need more */
    public AgentPlant(Duration connectMax) {
        this.connectMax = connectMax;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectMax)
                .executor(work)
                .build();
    }

    Instant now() {
        return clock.instant();
    }

    void run(Runnable task) {
        try {
            work.execute(task);
        } catch (RejectedExecutionException e) {
            // The plant is closed, and everything that runs here is over.
        }
    }

    ScheduledFuture<?> every(Duration pause, Runnable task) {
        return ticks.scheduleWithFixedDelay(() -> run(task), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        work.shutdownNow();
        http.shutdownNow();
    }
}
