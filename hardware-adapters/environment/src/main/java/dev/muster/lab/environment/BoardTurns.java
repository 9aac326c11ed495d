package dev.muster.lab.environment;

import dev.muster.lab.BoardName;
import dev.muster.lab.LabRefusal;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Work that blocks, in order and one after the other for each board, side by side for different boards up to a bound. Each
 * piece runs on a virtual thread of its own.
 */
final class BoardTurns {

    private final Semaphore room;
    private final int waitingMax;
    /** Who waits, for each board that has something under way. */
    private final Map<BoardName, Queue<Runnable>> lines = new HashMap<>();

    BoardTurns(int sideBySideMax, int waitingMax) {
        this.room = new Semaphore(sideBySideMax, true);
        this.waitingMax = waitingMax;
    }

    /** Refused with {@link LabRefusal#TOO_MANY} when too much waits for that board already. */
    <T> CompletableFuture<T> inTurn(BoardName board, Supplier<T> work) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        Runnable turn = () -> {
            try {
                outcome.complete(work.get());
            } catch (RuntimeException | Error failure) {
                outcome.completeExceptionally(failure);
            }
        };
        synchronized (lines) {
            Queue<Runnable> line = lines.get(board);
            if (line == null) {
                lines.put(board, new ArrayDeque<>());
                begin(board, turn);
            } else if (line.size() < waitingMax) {
                line.add(turn);
            } else {
                outcome.completeExceptionally(
                        LabRefusal.TOO_MANY.because("Too much waits to be done to the board '" + board + "' already."));
            }
        }
        return outcome;
    }

    private void begin(BoardName board, Runnable turn) {
        Thread.ofVirtual().name("lab-script-" + board).start(() -> {
            room.acquireUninterruptibly();
            try {
                turn.run();
            } finally {
                room.release();
                next(board);
            }
        });
    }

    private void next(BoardName board) {
        synchronized (lines) {
            Queue<Runnable> line = lines.get(board);
            Runnable turn = line == null ? null : line.poll();
            if (turn == null) {
                lines.remove(board);
            } else {
                begin(board, turn);
            }
        }
    }
}
