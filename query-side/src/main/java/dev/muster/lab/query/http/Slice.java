package dev.muster.lab.query.http;

import dev.muster.kernel.ListCursor;
import dev.muster.kernel.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Pages of lists in memory. A cursor names the list and the key of the last thing on the page, so what comes or goes
 * meanwhile shifts nothing.
 */
final class Slice {

    private static final int CURSOR_LENGTH_MAX = 256;

    private Slice() {}

    /** The key that a cursor names, null for the start. Refuses cursors of other lists. */
    static @Nullable String after(@Nullable String cursor, String list) {
        return ListCursor.after(cursor, list, CURSOR_LENGTH_MAX);
    }

    /**
     * The first page of what follows.
     *
     * @param list its name in cursors
     * @param rest the list after the cursor, in order; only as much of it is looked at as is needed
     * @param count how many there are in all, or null when nobody asked
     */
    static <S, T> Page<T> page(
            String list,
            Iterable<S> rest,
            Predicate<S> wanted,
            Function<S, String> key,
            Function<S, T> view,
            int limit,
            @Nullable Long count) {
        List<T> items = new ArrayList<>();
        String last = "";
        for (S each : rest) {
            if (wanted.test(each)) {
                if (items.size() == limit) {
                    return new Page<>(items, ListCursor.of(list, last), count);
                }
                items.add(view.apply(each));
                last = key.apply(each);
            }
        }
        return new Page<>(items, null, count);
    }
}
