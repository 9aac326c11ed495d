package dev.muster.updates.query;

import dev.muster.kernel.KernelRefusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a list goes on: after this value and id. It names no page number, so devices that come or go meanwhile shift
 * nothing.
 */
final class Cursor {

    private static final String FORM = "1";
    private static final int LENGTH_MAX = 8192;

    private Cursor() {}

    static String after(Sorting sorting, Sorting.Place last) {
        String value = last.value() == null ? "-" : "=" + last.value();
        String text = String.join("\n", FORM, sorting.text(), last.id(), value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The place that a cursor names, null at the start. Refuses cursors of other lists. */
    static Sorting.@Nullable Place read(@Nullable String cursor, Sorting sorting) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        if (cursor.length() > LENGTH_MAX) {
            throw invalid();
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            String[] parts = text.split("\n", 4);
            if (parts.length != 4 || !parts[0].equals(FORM) || !parts[1].equals(sorting.text()) || parts[3].isEmpty()) {
                throw invalid();
            }
            return new Sorting.Place(value(parts[3], sorting), parts[2], null);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static @Nullable Object value(String text, Sorting sorting) {
        if (text.equals("-")) {
            return null;
        }
        String value = text.substring(1);
        if (text.charAt(0) != '=' || sorting.byId()) {
            throw invalid();
        }
        return sorting.numeric() ? (Object) Long.parseLong(value) : value;
    }

    private static dev.muster.kernel.Refused invalid() {
        return KernelRefusal.INVALID_CURSOR.because("The cursor does not belong to this list.");
    }
}
