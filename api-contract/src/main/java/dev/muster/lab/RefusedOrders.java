package dev.muster.lab;

import dev.muster.identity.Caller;
import dev.muster.kernel.Refusal;

/**
 * Puts orders on record that were refused before they reached a board or a request, such as a wish when none is free or a
 * kick by somebody who may not: who tries something is told no, and it can be seen that they tried. What a board or a
 * request itself refuses is on record already.
 */
@FunctionalInterface
public interface RefusedOrders {

    /** The target of a wish for whatever board has some tags. */
    String ANY_BOARD = "boards";

    /**
     * Never blocks, never fails. The same again within a short while is not noted again.
     *
     * @param order in the words of commands, like {@code ReserveBoard}
     * @param target {@link #board}, {@link #ofClass}, a request's aggregate, or {@link #ANY_BOARD}
     */
    void note(String order, String target, Refusal refusal, Caller caller);

    /** The target that a board is, as its commands have it. */
    static String board(String name) {
        return "board/" + name;
    }

    /** The target of a wish for any board of a class. */
    static String ofClass(String brdclass) {
        return "board-class/" + brdclass;
    }
}
