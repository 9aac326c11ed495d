package dev.muster.lab.query.http;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
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
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            String text = cursor.length() > CURSOR_LENGTH_MAX
                    ? ""
                    : new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (text.startsWith(list + " ")) {
                return text.substring(list.length() + 1);
            }
        } catch (IllegalArgumentException e) {
            // Refused below, like any other text that is no cursor.
        }
        throw foreign();
    }

    static dev.muster.kernel.Refused foreign() {
        return KernelRefusal.INVALID_CURSOR.because("The cursor does not belong to this list.");
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
                    return new Page<>(items, cursor(list, last), count);
                }
                items.add(view.apply(each));
                last = key.apply(each);
            }
        }
        return new Page<>(items, null, count);
    }

    private static String cursor(String list, String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((list + " " + key).getBytes(StandardCharsets.UTF_8));
    }
}
