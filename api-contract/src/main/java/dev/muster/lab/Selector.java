package dev.muster.lab;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which boards would do: all that is given must fit.
 *
 * @param board this one
 * @param brdclass any of this class
 * @param tags any with all of these
 */
public record Selector(@Nullable BoardName board, @Nullable String brdclass, Map<String, String> tags) {

    public Selector {
        tags = Map.copyOf(tags);
    }

    public static Selector ofClass(String brdclass) {
        return new Selector(null, brdclass, Map.of());
    }

    public static Selector of(BoardName board) {
        return new Selector(board, null, Map.of());
    }

    public boolean fits(BoardDefinition it) {
        return (board == null || board.equals(it.name()))
                && (brdclass == null || brdclass.equals(it.brdclass()))
                && it.tags().entrySet().containsAll(tags.entrySet());
    }
}
