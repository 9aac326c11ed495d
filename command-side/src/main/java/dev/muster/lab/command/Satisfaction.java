package dev.muster.lab.command;

import dev.muster.kernel.Refused;
import dev.muster.lab.Board;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.Boards;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequestEvent.Wish;
import dev.muster.lab.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether boards could ever do, and why none does now. */
final class Satisfaction {

    /** Reasons are for people; nobody reads more. */
    private static final int REASONS_MAX = 100;

    private Satisfaction() {}

    /** The boards that could be lent for this wish, whatever their state; refused when there are none. */
    static List<Board> usable(Wish wish, Boards boards) {
        Selector selector = wish.selector();
        BoardName named = selector.board();
        List<Board> usable = new ArrayList<>();
        boolean tooLong = false;
        Map<String, Object> reasons = new LinkedHashMap<>();
        for (Board board : boards.all()) {
            if (!board.retiring() && QueuePlan.fits(wish, board)) {
                usable.add(board);
            } else if (named == null || named.equals(board.name())) {
                tooLong |= !board.retiring() && selector.fits(board.definition());
                if (reasons.size() < REASONS_MAX) {
                    reasons.put(board.name().value(), reason(wish, board));
                }
            }
        }
        if (usable.isEmpty()) {
            if (named != null && boards.find(named) == null) {
                reasons.put(named.value(), "there is no board of this name");
            }
            throw tooLong
                    ? LabRefusal.OVER_LIMIT.because("No board is lent for that long.", reasons)
                    : LabRefusal.UNSATISFIABLE.because(noneEver(selector, boards), reasons);
        }
        return usable;
    }

    private static String noneEver(Selector selector, Boards boards) {
        if (selector.board() != null && boards.find(selector.board()) == null) {
            return "There is no board '" + selector.board() + "'.";
        }
        if (selector.brdclass() != null && !boards.classes().containsKey(selector.brdclass())) {
            return "There is no class '" + selector.brdclass() + "'.";
        }
        return "There is no board that could ever do.";
    }

    private static String reason(Wish wish, Board board) {
        BoardDefinition definition = board.definition();
        Selector selector = wish.selector();
        if (board.retiring()) {
            return "it is configured no longer";
        }
        if (selector.brdclass() != null && !selector.brdclass().equals(definition.brdclass())) {
            return "its class is " + definition.brdclass();
        }
        for (Map.Entry<String, String> tag : selector.tags().entrySet()) {
            String has = definition.tags().get(tag.getKey());
            if (!tag.getValue().equals(has)) {
                return has == null ? "it has no tag " + tag.getKey() : "its tag " + tag.getKey() + " is " + has;
            }
        }
        return "it is lent for at most " + definition.maxSeconds() + " seconds";
    }

    /** Why none of these can be had at once. */
    static Refused noneFree(Wish wish, List<Board> usable, String person) {
        BoardName named = wish.selector().board();
        boolean inService = usable.stream().anyMatch(board -> board.state().isTaken() || isFree(board));
        if (!inService) {
            return LabRefusal.OUT_OF_SERVICE.because(
                    named == null
                            ? "All boards that would do are out of service."
                            : "The board '" + named + "' is "
                                    + usable.getFirst().state().wireName() + ".");
        }
        if (named == null) {
            return LabRefusal.NONE_FREE.because("All boards that would do are in use.");
        }
        Board board = usable.getFirst();
        return LabRefusal.RESERVED.because(
                board.isHeldBy(person)
                        ? "You hold the board '" + named + "' already."
                        : isFree(board)
                                ? "Somebody waits for the board '" + named + "' already."
                                : "Somebody has the board '" + named + "'.",
                Map.of("board", named.value()));
    }

    private static boolean isFree(Board board) {
        return board.state() == BoardState.FREE;
    }
}
