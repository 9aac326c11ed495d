package dev.muster.lab.command;

import dev.muster.lab.Board;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequestEvent.Wish;
import dev.muster.lab.ReservationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Which waiting request gets which free board now. Requests are taken in the order of the queue, and one that got a board
 * keeps one; but it may be moved to another free board that does as well, when that leaves its own to a later request
 * that could use no other. (Augmenting paths in the order of the queue: who is served is decided by the queue alone, and
 * as many as possible are.)
 */
final class QueuePlan {

    private final Map<ReservationId, List<Board>> choices = new HashMap<>();
    private final Map<BoardName, LabRequest> takers = new LinkedHashMap<>();

    /**
     * @param waiting in the order in which they are served
     * @param free boards that nobody has
     * @param failed whether a board could not be made ready for a request before: it is taken last
     */
    private QueuePlan(List<LabRequest> waiting, List<Board> free, BiPredicate<LabRequest, Board> failed, Instant now) {
        for (LabRequest request : waiting) {
            if (takers.size() == free.size()) {
                break;
            }
            if (isDue(request.wish(), now)) {
                choices.put(request.id(), choices(request, free, failed));
                place(request, new HashSet<>());
            }
        }
    }

    static Map<BoardName, LabRequest> of(
            List<LabRequest> waiting, List<Board> free, BiPredicate<LabRequest, Board> failed, Instant now) {
        return new QueuePlan(waiting, free, failed, now).takers;
    }

    /** Boards that could be lent now, the one that has rested longest first, so that wear spreads. */
    static List<Board> free(Iterable<Board> boards) {
        List<Board> free = new ArrayList<>();
        for (Board board : boards) {
            if (board.state() == BoardState.FREE && !board.retiring() && board.note() == null) {
                free.add(board);
            }
        }
        free.sort(Comparator.comparing(Board::changedAt).thenComparing(Board::name));
        return free;
    }

    static boolean fits(Wish wish, Board board) {
        return wish.selector().fits(board.definition())
                && (wish.seconds() == null
                        || wish.seconds() <= board.definition().maxSeconds());
    }

    private static boolean isDue(Wish wish, Instant now) {
        return (wish.earliest() == null || !now.isBefore(wish.earliest()))
                && (wish.until() == null || now.isBefore(wish.until()));
    }

    private static List<Board> choices(LabRequest request, List<Board> free, BiPredicate<LabRequest, Board> failed) {
        List<Board> fitting = new ArrayList<>();
        for (Board board : free) {
            if (fits(request.wish(), board)) {
                fitting.add(board);
            }
        }
        fitting.sort(Comparator.comparing(board -> failed.test(request, board)));
        return fitting;
    }

    private boolean place(LabRequest request, Set<BoardName> seen) {
        List<Board> fitting = choices.getOrDefault(request.id(), List.of());
        for (Board board : fitting) {
            if (!takers.containsKey(board.name()) && seen.add(board.name())) {
                takers.put(board.name(), request);
                return true;
            }
        }
        for (Board board : fitting) {
            LabRequest taker = takers.get(board.name());
            if (taker != null && seen.add(board.name()) && place(taker, seen)) {
                takers.put(board.name(), request);
                return true;
            }
        }
        return false;
    }
}
