package dev.muster.lab.command;

import dev.muster.lab.Board;
import dev.muster.lab.BoardName;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that works on a board, when there is anything to do. Being woken while it works makes it look once more;
 * there is no queue, for it looks at how things stand.
 */
final class BoardLane {

    private static final Logger LOG = LoggerFactory.getLogger(BoardLane.class);

    private enum Rhythm {
        IDLE,
        WORKING,
        WORKING_AND_WOKEN,
        CLOSED
    }

    private final BoardName name;
    private final BoardWork work;
    private final Bench bench;
    private final ScheduledExecutorService times;
    private final Consumer<BoardLane> gone;

    private Rhythm rhythm = Rhythm.IDLE;
    private @Nullable Thread worker;
    private @Nullable Future<?> nextLook;

    /** @param gone told when there is no such board any more */
    BoardLane(BoardName name, Bench bench, ScheduledExecutorService times, Consumer<BoardLane> gone) {
        this.name = name;
        this.work = new BoardWork(name, bench);
        this.bench = bench;
        this.times = times;
        this.gone = gone;
    }

    BoardName name() {
        return name;
    }

    /** How the board is at the start: what is under way was begun by a server that is no more. */
    void find(Board board) {
        work.find(board);
    }

    synchronized void wake() {
        switch (rhythm) {
            case IDLE -> {
                rhythm = Rhythm.WORKING;
                worker = Thread.ofVirtual().name("lab-board-" + name).start(this::run);
            }
            case WORKING -> rhythm = Rhythm.WORKING_AND_WOKEN;
            case WORKING_AND_WOKEN, CLOSED -> {}
        }
    }

    private void run() {
        boolean here;
        do {
            here = look();
        } while (here && goesOn());
        if (!here) {
            close();
            gone.accept(this);
        }
    }

    /** Looks once; answers whether there still is such a board. */
    private boolean look() {
        Board board = bench.boards().find(name);
        if (board == null) {
            work.leave();
            return false;
        }
        try {
            later(work.on(board));
        } catch (RuntimeException e) {
            if (!isClosed()) {
                LOG.warn("The board {} could not be seen to; it is looked at again", name, e);
                later(bench.settings().pause());
            }
        }
        return true;
    }

    private synchronized void later(@Nullable Duration pause) {
        if (nextLook != null) {
            nextLook.cancel(false);
            nextLook = null;
        }
        if (pause == null || rhythm == Rhythm.CLOSED) {
            return;
        }
        try {
            nextLook = times.schedule(this::wake, Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The server stops.
            rhythm = Rhythm.CLOSED;
        }
    }

    private synchronized boolean goesOn() {
        if (rhythm == Rhythm.WORKING_AND_WOKEN) {
            rhythm = Rhythm.WORKING;
            return true;
        }
        if (rhythm == Rhythm.WORKING) {
            rhythm = Rhythm.IDLE;
            worker = null;
        }
        return false;
    }

    private synchronized boolean isClosed() {
        return rhythm == Rhythm.CLOSED;
    }

    synchronized void close() {
        rhythm = Rhythm.CLOSED;
        if (nextLook != null) {
            nextLook.cancel(false);
        }
        if (worker != null && worker != Thread.currentThread()) {
            worker.interrupt();
        }
    }
}
