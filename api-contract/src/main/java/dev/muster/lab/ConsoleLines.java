package dev.muster.lab;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The serial lines of boards. A line is read from the start of a reservation to its end, whoever looks, and what came is
 * kept for that time: the newest mebibyte in memory. Never blocks.
 */
public interface ConsoleLines {

    /**
     * Opens the line of a board for a reservation, and keeps trying while it is lost. Fails with
     * {@link LabRefusal#CONSOLE_BUSY} or {@link LabRefusal#CONSOLE_FAULT}; a board without one completes.
     */
    CompletableFuture<Void> open(BoardDefinition board, ReservationId reservation);

    /** Closes it and everybody's view of it; nothing to do for one that is not open. */
    CompletableFuture<Void> close(BoardName board);

    /**
     * Looks at an open line, null if it is not open.
     *
     * @param user who, as others are told
     * @param writes whether they want the pen
     * @param replayBytes how much of what came before they want, at most a mebibyte
     */
    @Nullable
    Attached attach(BoardName board, String user, boolean writes, int replayBytes);

    /** Whether an open line is lost at the moment; false for one that is not open. */
    boolean isLost(BoardName board);

    /**
     * Calls back whenever a board's line was lost or is back, on a thread of that line: only hand over, never block. Close
     * it to end.
     */
    AutoCloseable onLoss(Consumer<BoardName> hears);

    /** What a notice says. */
    enum NoticeKind {
        /** {@code detail} has the pen now; null: nobody. */
        WRITER,
        LOST,
        BACK
    }

    record Notice(NoticeKind kind, @Nullable String detail) {}

    /** One who looks. */
    interface Attached extends AutoCloseable {

        /** What came before, then what comes; one that is too slow by a mebibyte loses the oldest. One subscriber. */
        Flux<byte[]> output();

        Flux<Notice> notices();

        /** Whether this one has the pen. */
        boolean isWriter();

        /** Takes the pen from whoever has it. */
        void take();

        /** Without the pen nothing is sent. Completes when the line took it. */
        CompletableFuture<Void> write(byte[] bytes);

        CompletableFuture<Void> sendBreak();

        /** Fails with {@link LabRefusal#BAD_VALUE} where the line cannot. */
        CompletableFuture<Void> baud(int rate);

        @Override
        void close();
    }
}
