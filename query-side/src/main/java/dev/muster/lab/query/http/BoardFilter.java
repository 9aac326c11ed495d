package dev.muster.lab.query.http;

import dev.muster.kernel.KernelRefusal;
import dev.muster.lab.Board;
import dev.muster.lab.BoardState;
import dev.muster.lab.Selector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which boards a list shall have. */
final class BoardFilter {

    private static final int TAGS_MAX = 20;

    private BoardFilter() {}

    /**
     * @param tags each {@code name=value}; a board has to have all of them
     * @param person whose boards, null for everybody's
     */
    static Predicate<Board> of(
            @Nullable String brdclass, List<String> tags, @Nullable String state, @Nullable String person) {
        Selector selector = new Selector(null, brdclass == null || brdclass.isEmpty() ? null : brdclass, tags(tags));
        BoardState wanted = state(state);
        return board -> selector.fits(board.definition())
                && (wanted == null || board.state() == wanted)
                && (person == null || BoardView.isOf(board, person));
    }

    private static Map<String, String> tags(List<String> texts) {
        if (texts.size() > TAGS_MAX) {
            throw KernelRefusal.INVALID_REQUEST.because("There are at most " + TAGS_MAX + " of 'tag'.");
        }
        Map<String, String> tags = new HashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw KernelRefusal.INVALID_REQUEST.because("'tag' is name=value.");
            }
            tags.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return tags;
    }

    private static @Nullable BoardState state(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        for (BoardState each : BoardState.values()) {
            if (each.wireName().equals(text)) {
                return each;
            }
        }
        throw KernelRefusal.INVALID_REQUEST.because(
                "'state' is free, preparing, reserved, releasing, faulty or maintenance.");
    }
}
