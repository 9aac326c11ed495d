package dev.muster.config.snapd;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands behind the question mark. Of members that are there twice the first counts; unknown ones count nothing. */
final class Query {

    private static final int MEMBERS_MAX = 100;

    private final Map<String, String> first;

    private Query(Map<String, String> first) {
        this.first = first;
    }

    /** Fails with 400 when it is malformed. */
    static Query read(@Nullable String raw) {
        Map<String, String> first = new HashMap<>();
        if (raw == null || raw.isEmpty()) {
            return new Query(first);
        }
        for (String pair : raw.split("&", MEMBERS_MAX)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            first.putIfAbsent(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return new Query(first);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ConfdbFailure.badRequest("The query is malformed.");
        }
    }

    /** Null when it is not there or empty. */
    @Nullable
    String text(String name) {
        String value = first.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Texts between commas, without the blanks around them; none when it is not there. */
    List<String> list(String name) {
        List<String> texts = new ArrayList<>();
        for (String each : first.getOrDefault(name, "").split(",", -1)) {
            if (!each.isBlank()) {
                texts.add(each.strip());
            }
        }
        return texts;
    }
}
