package dev.muster.server.apps;

import dev.muster.kernel.KernelRefusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How large the screen of a shell is, in characters. */
record ScreenSize(int rows, int columns) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MAX = 32_767;

    /** What a request says, null for nothing. Refuses a half of a size, and sizes of no screen. */
    static @Nullable ScreenSize of(@Nullable Integer rows, @Nullable Integer columns) {
        if (rows == null && columns == null) {
            return null;
        }
        if (rows == null || columns == null || !isSize(rows) || !isSize(columns)) {
            throw KernelRefusal.INVALID_REQUEST.because("'rows' and 'columns' come together, each 1 to " + MAX + ".");
        }
        return new ScreenSize(rows, columns);
    }

    /** What a message says, null when it says none: a size that cannot be is no reason to end a shell. */
    static @Nullable ScreenSize in(String message) {
        try {
            JsonNode said = JSON.readTree(message);
            JsonNode rows = said.path("rows");
            JsonNode columns = said.path("columns");
            return rows.isInt() && columns.isInt() && isSize(rows.asInt()) && isSize(columns.asInt())
                    ? new ScreenSize(rows.asInt(), columns.asInt())
                    : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static boolean isSize(int number) {
        return number >= 1 && number <= MAX;
    }
}
