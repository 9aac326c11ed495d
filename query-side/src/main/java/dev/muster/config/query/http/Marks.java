package dev.muster.config.query.http;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Cursors: each names its list and the last thing on the page, so what comes or goes meanwhile shifts nothing. */
public final class Marks {

    private static final int LENGTH_MAX = 2_048;

    private Marks() {}

    public static String of(String list, String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((list + " " + key).getBytes(StandardCharsets.UTF_8));
    }

    /** What a cursor names, null for the start. Refuses cursors of other lists. */
    public static @Nullable String after(@Nullable String cursor, String list) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            String text = cursor.length() > LENGTH_MAX
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

    /** The same for lists whose things have numbers. */
    static long numberAfter(@Nullable String cursor, String list, long otherwise) {
        String key = after(cursor, list);
        if (key == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException e) {
            throw foreign();
        }
    }

    public static Refused foreign() {
        return KernelRefusal.INVALID_CURSOR.because("The cursor does not belong to this list.");
    }
}
