package dev.muster.updates.ddi;

import org.jspecify.annotations.Nullable;

/**
 * Where links point: scheme, host and port, perhaps a path, without a slash at the end. Compared by identity on the
 * hot path, so the same origin is the same object ({@link LinkOrigins}).
 */
record Origin(String api, String downloads) {

    static Origin of(String api, @Nullable String downloads) {
        String base = trimmed(api);
        return new Origin(base, downloads == null || downloads.isBlank() ? base : trimmed(downloads));
    }

    private static String trimmed(String url) {
        String base = url.strip();
        while (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        return base;
    }
}
