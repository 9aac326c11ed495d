package dev.muster.lab.wire;

import dev.muster.lab.BoardProcesses;
import dev.muster.lab.BoardProcesses.Running;
import dev.muster.lab.BoardProcesses.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The program at the far end of a channel: started in bounded time, and ended with the channel whenever that is. */
final class FarEnd {

    private final BoardProcesses processes;
    private final Wire wire;
    private final Duration startTimeout;
    /** Of the event loop alone. */
    private @Nullable Running running;

    FarEnd(BoardProcesses processes, Wire wire, Duration startTimeout) {
        this.processes = processes;
        this.wire = wire;
        this.startTimeout = startTimeout;
    }

    @Nullable
    Running running() {
        return running;
    }

    /** Starts it; {@code then} hears of it on the event loop, or of why it could not be started. */
    void start(
            List<String> argv, @Nullable Terminal terminal, BiConsumer<@Nullable Running, @Nullable Throwable> then) {
        CompletableFuture<Running> start;
        try {
            start = processes.start(argv, Map.of(), null, terminal);
        } catch (RuntimeException e) {
            start = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<Running> inTime = start.copy().orTimeout(startTimeout.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Running> whenever = start;
        var _ = inTime.whenComplete((started, failure) -> wire.loop().execute(() -> {
            if (failure != null) {
                var _ = whenever.thenAccept(Running::end);
                then.accept(null, failure);
            } else if (wire.isOver()) {
                started.end();
            } else {
                running = started;
                then.accept(started, null);
            }
        }));
    }

    void end() {
        if (running != null) {
            running.end();
        }
    }
}
