package dev.muster.observe.cos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names with their values, as in queries and {@code application/x-www-form-urlencoded} bodies. */
record Form(Map<String, List<String>> values) {

    static final Form EMPTY = new Form(Map.of());
    private static final int PAIRS_MAX = 1000;

    /** Refuses more pairs than anyone has a use for. */
    static Form read(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return EMPTY;
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        int pairs = 0;
        for (int from = 0; from <= text.length(); ) {
            int amp = text.indexOf('&', from);
            int end = amp < 0 ? text.length() : amp;
            if (end > from) {
                if (++pairs > PAIRS_MAX) {
                    throw CosFailure.detail(400, "There are more than " + PAIRS_MAX + " names.");
                }
                int equals = text.indexOf('=', from);
                int nameEnd = equals < 0 || equals > end ? end : equals;
                String value = nameEnd == end ? "" : Percent.decoded(text.substring(nameEnd + 1, end), true);
                values.computeIfAbsent(Percent.decoded(text.substring(from, nameEnd), true), name -> new ArrayList<>(1))
                        .add(value);
            }
            from = end + 1;
        }
        return new Form(values);
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
