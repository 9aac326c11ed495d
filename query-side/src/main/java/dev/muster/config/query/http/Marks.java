package dev.muster.config.query.http;

import dev.muster.kernel.ListCursor;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import org.jspecify.annotations.Nullable;

/** Cursors of lists of registries: their keys may be long. */
final class Marks {

    private static final int LENGTH_MAX = 2_048;

    private Marks() {}

    /** What a cursor names, null for the start. Refuses cursors of other lists. */
    static @Nullable String after(@Nullable String cursor, String list) {
        return ListCursor.after(cursor, list, LENGTH_MAX);
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
            throw ListCursor.foreign();
        }
    }

    /** The same for lists of devices. */
    static @Nullable DeviceId deviceAfter(@Nullable String cursor, String list) {
        String key = after(cursor, list);
        if (key == null) {
            return null;
        }
        try {
            return new DeviceId(key);
        } catch (Refused refused) {
            throw ListCursor.foreign();
        }
    }
}
