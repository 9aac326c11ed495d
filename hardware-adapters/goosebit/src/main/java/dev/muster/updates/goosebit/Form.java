package dev.muster.updates.goosebit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names and values, as queries and sent forms have them ({@code application/x-www-form-urlencoded}). */
record Form(Map<String, List<String>> fields) {

    private static final int PAIRS_MAX = 2000;

    /** Null and empty texts have no fields; what cannot be decoded is passed over. Fails with 422 for too many. */
    static Form read(@Nullable String text) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        if (text == null || text.isEmpty()) {
            return new Form(fields);
        }
        int pairs = 0;
        for (int from = 0; from <= text.length(); ) {
            int amp = text.indexOf('&', from);
            int end = amp < 0 ? text.length() : amp;
            if (++pairs > PAIRS_MAX) {
                throw WireFailure.unprocessable("There are more than " + PAIRS_MAX + " fields.");
            }
            take(text.substring(from, end), fields);
            from = end + 1;
        }
        return new Form(fields);
    }

    private static void take(String pair, Map<String, List<String>> into) {
        int equals = pair.indexOf('=');
        String name = decodedOrNull(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decodedOrNull(pair.substring(equals + 1));
        if (name != null && value != null && !name.isEmpty()) {
            into.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
        }
    }

    private static @Nullable String decodedOrNull(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The last of that name; null when there is none. */
    @Nullable
    String last(String name) {
        List<String> values = fields.get(name);
        return values == null ? null : values.getLast();
    }

    List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }
}
