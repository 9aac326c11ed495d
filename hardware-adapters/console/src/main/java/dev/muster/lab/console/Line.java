package dev.muster.lab.console;

import dev.muster.kernel.Refused;
import dev.muster.lab.BoardName;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.ReservationId;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A board's line during one reservation. One thread opens, reads, reopens and closes; a second one writes. Both are
 * platform threads, since a device's driver blocks in native code and would hold a virtual thread's carrier.
 */
final class Line {

    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    private static final int READ_BYTES = 16 << 10;

    private final BoardName board;
    private final ReservationId reservation;
    private final Wires wires;
    private final ConsoleSettings settings;
    private final Executor deliveries;
    private final Runnable lostOrBack;
    private final History history;
    private final Audience audience;
    private final Outbox outbox;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile LineOption option;
    private volatile @Nullable Wire wire;

    /** @param lostOrBack called whenever it is lost or back */
    Line(
            BoardName board,
            ReservationId reservation,
            LineOption option,
            Wires wires,
            ConsoleSettings settings,
            Executor deliveries,
            Runnable lostOrBack) {
        this.board = board;
        this.reservation = reservation;
        this.option = option;
        this.wires = wires;
        this.settings = settings;
        this.deliveries = deliveries;
        this.lostOrBack = lostOrBack;
        this.history = new History(settings.historyBytesMax());
        this.audience = new Audience(settings.readersMax());
        this.outbox = new Outbox(this, settings);
    }

    /** Begins; at most once. */
    void start() {
        if (started.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("console-" + board).start(this::run);
        }
    }

    /** Completes when the line is open for the first time, or fails with a refusal. */
    CompletableFuture<Void> opened() {
        return opened;
    }

    /** Completes when the line is closed for good, or could not be opened. */
    CompletableFuture<Void> finished() {
        return finished;
    }

    boolean isServing(ReservationId other) {
        return reservation.equals(other) && !isStopping() && !opened.isCompletedExceptionally();
    }

    /** Sends everybody away and closes the line; completes when it is closed. */
    CompletableFuture<Void> stop() {
        audience.end();
        outbox.end();
        stopping.countDown();
        if (started.compareAndSet(false, true)) {
            finish();
        }
        return finished;
    }

    @Nullable
    View attach(String user, boolean writes, int replayBytes) {
        if (!opened.isDone() || opened.isCompletedExceptionally()) {
            return null;
        }
        return audience.admit(writes, () -> new View(this, user, history.before(replayBytes), settings, deliveries));
    }

    History history() {
        return history;
    }

    Audience audience() {
        return audience;
    }

    Outbox outbox() {
        return outbox;
    }

    /** The open line, null while it is lost. */
    @Nullable
    Wire wire() {
        return wire;
    }

    int baud() {
        return option.baud();
    }

    /** The line comes back with this rate after it was lost. */
    void remember(int baud) {
        option = option.at(baud);
    }

    private void run() {
        try {
            Wire first = wires.open(option);
            wire = first;
            opened.complete(null);
            Thread.ofPlatform().daemon().name("console-" + board + "-out").start(outbox);
            live(first);
        } catch (Refused e) {
            opened.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("The console of board {} stopped.", board, e);
            opened.completeExceptionally(LabRefusal.CONSOLE_FAULT.because("The console could not be opened."));
        } finally {
            finish();
        }
    }

    private void finish() {
        audience.end();
        outbox.end();
        opened.completeExceptionally(LabRefusal.CONSOLE_FAULT.because("The console was closed meanwhile."));
        finished.complete(null);
    }

    private void live(Wire first) throws InterruptedException {
        Duration pause = settings.reopenMin();
        long since = System.nanoTime();
        read(first);
        while (!isStopping()) {
            if (System.nanoTime() - since >= settings.reopenMax().toNanos()) {
                pause = settings.reopenMin();
            }
            LOG.info("The console of board {} is lost.", board);
            audience.lost();
            lostOrBack.run();
            Wire next = null;
            while (next == null) {
                if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                pause = longer(pause);
                next = reopen();
            }
            LOG.info("The console of board {} is back.", board);
            since = System.nanoTime();
            read(next);
        }
    }

    /** Reads until the line ends, then closes it. */
    private void read(Wire current) {
        byte[] bytes = new byte[READ_BYTES];
        try {
            int length = 0;
            while (length >= 0 && !isStopping()) {
                length = current.read(bytes);
                if (length > 0) {
                    history.append(bytes, length);
                    audience.wake();
                }
            }
        } catch (IOException e) {
            LOG.debug("The console of board {} ended: {}", board, e.getMessage());
        } finally {
            wire = null;
            current.close();
        }
    }

    private @Nullable Wire reopen() {
        try {
            Wire next = wires.open(option);
            wire = next;
            audience.back();
            lostOrBack.run();
            return next;
        } catch (Refused e) {
            LOG.debug("The console of board {} is not back: {}", board, e.getMessage());
            return null;
        }
    }

    private Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(settings.reopenMax()) < 0 ? twice : settings.reopenMax();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }
}
