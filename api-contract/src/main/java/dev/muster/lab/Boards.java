package dev.muster.lab;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** All boards, in memory on each node, folded from the log. Reading takes no lock. */
public interface Boards {

    @Nullable
    Board find(BoardName name);

    /** All in the order of their names. */
    Collection<Board> all();

    /** Classes with their attributes and how many boards of them there are and are free, by name. */
    Map<String, BoardClass> classes();

    /** Changes whenever anything above may answer differently. */
    long revision();

    /**
     * The board as soon as it is like that; at once if it is. Completes empty after {@code waitMax}, or when the board is
     * gone.
     */
    Mono<Board> when(BoardName name, Predicate<Board> like, Duration waitMax);

    /**
     * Calls back for each change of any board, with the board as it was and as it is, null where there is none; in order,
     * on the thread that folds: only hand over, never block. Close it to end.
     */
    AutoCloseable onChange(Change change);

    /** Hears changes. */
    @FunctionalInterface
    interface Change {
        void changed(@Nullable Board before, @Nullable Board after);
    }

    /** @param total boards of the class, whatever their state */
    record BoardClass(Map<String, String> attributes, int total, int free) {}
}
