package dev.muster.lab.console;

import dev.muster.kernel.Refused;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardName;
import dev.muster.lab.ConsoleLines;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.ReservationId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The serial lines of this node's boards: devices of this machine, raw TCP and RFC 2217. Two platform threads for each
 * open line, none for those who look.
 */
public final class SerialLines implements ConsoleLines, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SerialLines.class);
    private static final long SHUTDOWN_SECONDS = 5;

    private final ConsoleSettings settings;
    private final Wires wires;
    private final ThreadFactory views =
            Thread.ofVirtual().name("console-view-", 0).factory();
    private final Executor deliveries = work -> views.newThread(work).start();
    /** Lines that are open or being opened or closed. */
    private final Map<BoardName, Line> lines = new ConcurrentHashMap<>();

    private final List<Consumer<BoardName>> hearers = new CopyOnWriteArrayList<>();
    private boolean over;

    public SerialLines(ConsoleSettings settings) {
        this.settings = settings;
        this.wires = new Wires(settings);
    }

    @Override
    public CompletableFuture<Void> open(BoardDefinition board, ReservationId reservation) {
        if (board.console().isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            LineOption option = LineOption.of(board.console().get());
            Line line = lineFor(board.name(), reservation, option);
            return line.opened()
                    .copy()
                    .orTimeout(settings.openTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionallyCompose(
                            failure -> CompletableFuture.failedFuture(failed(board.name(), line, failure)));
        } catch (Refused e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletableFuture<Void> close(BoardName board) {
        Line line = lines.get(board);
        return line == null
                ? CompletableFuture.completedFuture(null)
                : line.stop().copy().orTimeout(settings.openTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public @Nullable Attached attach(BoardName board, String user, boolean writes, int replayBytes) {
        Line line = lines.get(board);
        return line == null ? null : line.attach(user, writes, replayBytes);
    }

    @Override
    public boolean isLost(BoardName board) {
        Line line = lines.get(board);
        return line != null && line.audience().isLost();
    }

    @Override
    public AutoCloseable onLoss(Consumer<BoardName> hears) {
        // Its own thing, so that who listens twice can end once.
        Consumer<BoardName> own = hears::accept;
        hearers.add(own);
        return () -> hearers.remove(own);
    }

    private void lostOrBack(BoardName board) {
        for (Consumer<BoardName> each : hearers) {
            try {
                each.accept(board);
            } catch (RuntimeException e) {
                LOG.warn("Somebody could not hear of the console of board {}", board, e);
            }
        }
    }

    /** Closes all lines and waits a little for it. */
    @Override
    public void close() {
        List<Line> all;
        synchronized (this) {
            over = true;
            all = List.copyOf(lines.values());
        }
        CompletableFuture<?>[] stopped = all.stream().map(Line::stop).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(stopped).get(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The process ends anyway, and with it every lock.
        }
    }

    /** The line that serves the reservation, or a new one that starts when the board's last one is closed. */
    private synchronized Line lineFor(BoardName board, ReservationId reservation, LineOption option) {
        if (over) {
            throw LabRefusal.CONSOLE_FAULT.because("The server is shutting down.");
        }
        Line last = lines.get(board);
        if (last != null && last.isServing(reservation)) {
            return last;
        }
        Line line = new Line(board, reservation, option, wires, settings, deliveries, () -> lostOrBack(board));
        lines.put(board, line);
        line.finished().whenComplete((done, failure) -> lines.remove(board, line));
        if (last == null) {
            line.start();
        } else {
            last.stop().whenComplete((done, failure) -> line.start());
        }
        return line;
    }

    private static Throwable failed(BoardName board, Line line, Throwable failure) {
        if (failure instanceof TimeoutException) {
            line.stop();
            return LabRefusal.CONSOLE_FAULT.because("The console of board " + board + " did not open in time.");
        }
        return failure;
    }
}
