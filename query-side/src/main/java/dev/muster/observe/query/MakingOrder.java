package dev.muster.observe.query;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Pages of lists that stand in the order their things were made. A cursor names the last one's place in the log, so
 * what comes or goes meanwhile shifts nothing.
 */
public final class MakingOrder {

    /** Before everything. */
    public static final long START = -1;

    private static final Pattern CURSOR = Pattern.compile("made (\\d{1,18})");
    private static final int CURSOR_LENGTH_MAX = 64;

    private MakingOrder() {}

    /** The position that a cursor names, {@link #START} for none. Refuses cursors of other lists. */
    public static long after(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return START;
        }
        try {
            String text = cursor.length() > CURSOR_LENGTH_MAX
                    ? ""
                    : new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            Matcher place = CURSOR.matcher(text);
            if (place.matches()) {
                return Long.parseLong(place.group(1));
            }
        } catch (IllegalArgumentException e) {
            // Refused below, like any other text that is no cursor.
        }
        throw KernelRefusal.INVALID_CURSOR.because("The cursor does not belong to this list.");
    }

    /**
     * The first page of what follows.
     *
     * @param rest the list after the cursor, in order; only as much of it is looked at as is needed
     * @param wanted which belong to the list
     * @param position where in the log each was made
     * @param view what the page shows of each
     * @param count how many there are in all, or null when nobody asked
     */
    public static <S, T> Page<T> page(
            Iterable<S> rest,
            Predicate<S> wanted,
            ToLongFunction<S> position,
            Function<S, T> view,
            int limit,
            @Nullable Long count) {
        List<T> items = new ArrayList<>();
        long last = START;
        for (S each : rest) {
            if (wanted.test(each)) {
                if (items.size() == limit) {
                    return new Page<>(items, cursor(last), count);
                }
                items.add(view.apply(each));
                last = position.applyAsLong(each);
            }
        }
        return new Page<>(items, null, count);
    }

    private static String cursor(long position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("made " + position).getBytes(StandardCharsets.UTF_8));
    }
}
