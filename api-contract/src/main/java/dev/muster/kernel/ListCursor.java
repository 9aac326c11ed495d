package dev.muster.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Cursors: each names its list and the last thing on the page, so what comes or goes meanwhile shifts nothing. */
public final class ListCursor {

    private static final int LENGTH_MAX = 2_048;

    private ListCursor() {}

    /** After the thing with this key. */
    public static String of(String list, String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((list + " " + key).getBytes(StandardCharsets.UTF_8));
    }

    /** The key that a cursor of usual length names, null for the start. Refuses cursors of other lists. */
    public static @Nullable String after(@Nullable String cursor, String list) {
        return after(cursor, list, LENGTH_MAX);
    }

    /**
     * The same with a length of its own.
     *
     * @param lengthMax of the cursor; what is longer is none
     */
    public static @Nullable String after(@Nullable String cursor, String list, int lengthMax) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            String text = cursor.length() > lengthMax
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

    /** For a key that is none of this list's. */
    public static Refused foreign() {
        return KernelRefusal.INVALID_CURSOR.because("The cursor does not belong to this list.");
    }
}
