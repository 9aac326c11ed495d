package dev.muster.lab.wire;

import dev.muster.kernel.Percent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names with their values behind a path. */
record Query(Map<String, List<String>> values) {

    private static final int PAIRS_MAX = 64;

    /** Refuses more pairs than anyone has a use for, and what is not percent-encoded. */
    static Query read(@Nullable String raw) {
        Map<String, List<String>> values = new HashMap<>();
        if (raw == null || raw.isEmpty()) {
            return new Query(values);
        }
        String[] pairs = raw.split("&", PAIRS_MAX + 1);
        if (pairs.length > PAIRS_MAX) {
            throw WireFailure.badValue("There are more than " + PAIRS_MAX + " names in the query.");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = Percent.decodedOrNull(plain(equals < 0 ? pair : pair.substring(0, equals)));
            String value = Percent.decodedOrNull(plain(equals < 0 ? "" : pair.substring(equals + 1)));
            if (name == null || value == null) {
                throw WireFailure.badValue("The query is not percent-encoded UTF-8.");
            }
            values.computeIfAbsent(name, each -> new ArrayList<>(1)).add(value);
        }
        return new Query(values);
    }

    private static String plain(String text) {
        return text.replace('+', ' ');
    }

    /** The last value of that name; null when there is none. */
    @Nullable
    String last(String name) {
        List<String> all = values.get(name);
        return all == null ? null : all.getLast();
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }
}
