package dev.muster.wamp;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Options of requests. One of the wrong kind is refused, one that is not known here is passed over. */
final class Options {

    /** What an application encrypted is passed on with what says how (WAMP §11.6, payload passthru mode). */
    private static final List<String> PASSED_THROUGH =
            List.of("ppt_scheme", "ppt_serializer", "ppt_cipher", "ppt_keyid");

    private Options() {}

    static boolean flag(Map<String, @Nullable Object> options, String name, boolean usual) {
        Object value = options.get(name);
        if (value == null) {
            return usual;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name);
    }

    /** A whole number that is not negative; 0 when absent. */
    static long number(Map<String, @Nullable Object> options, String name) {
        Object value = options.get(name);
        if (value == null) {
            return 0;
        }
        if (value instanceof Long number && number >= 0) {
            return number;
        }
        throw wrong(name);
    }

    static @Nullable String text(Map<String, @Nullable Object> options, String name) {
        Object value = options.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw wrong(name);
    }

    /** How a URI is meant. */
    static Match match(Map<String, @Nullable Object> options) {
        Match match = Match.named(options.get("match"));
        if (match == null) {
            throw wrong("match");
        }
        return match;
    }

    static void passThrough(Map<String, @Nullable Object> options, Map<String, @Nullable Object> details) {
        if (options.isEmpty()) {
            return;
        }
        for (String name : PASSED_THROUGH) {
            Object value = options.get(name);
            if (value != null) {
                details.put(name, value);
            }
        }
    }

    private static WampFailure wrong(String name) {
        return new WampFailure(WampFailure.INVALID_ARGUMENT, "The option " + name + " is not what it must be.");
    }
}
