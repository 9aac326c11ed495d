package dev.muster.config.snapd;

import dev.muster.config.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a write brings.
 *
 * @param values request path → JSON text; {@code null} as text unsets
 * @param patience how long the client would wait for access, or null
 */
record WriteBody(Map<String, String> values, @Nullable Duration patience) {

    private static final Set<String> WRAPPED = Set.of("values", "options");

    /**
     * Newer generations have the values in a member of their own. A body without that, or with anything else beside it, is
     * taken for one of the older ones. Fails with 400.
     */
    static WriteBody read(Json.Members body, Generation generation, ConfdbSettings settings) {
        boolean wrapped = generation.wrapsValues()
                && body.get("values") != null
                && WRAPPED.containsAll(body.values().keySet());
        if (!wrapped) {
            return new WriteBody(pairs(body), null);
        }
        if (!(body.get("values") instanceof Json.Members values)) {
            throw ConfdbFailure.badRequest("'values' is an object.");
        }
        return new WriteBody(pairs(values), patience(body.get("options"), settings));
    }

    private static @Nullable Duration patience(@Nullable Json options, ConfdbSettings settings) {
        if (options == null || options instanceof Json.Null) {
            return null;
        }
        if (!(options instanceof Json.Members members)) {
            throw ConfdbFailure.badRequest("'options' is an object.");
        }
        Json timeout = members.get("access-timeout");
        if (timeout == null || timeout instanceof Json.Null) {
            return null;
        }
        if (!(timeout instanceof Json.Text text)) {
            throw ConfdbFailure.badRequest("The access-timeout is a string such as 10s.");
        }
        return text.value().isEmpty() ? null : WaitTime.read(text.value(), settings.accessTimeoutMax());
    }

    /** Fails with 400 when there is nothing to write. */
    private static Map<String, String> pairs(Json.Members values) {
        if (values.isEmpty()) {
            throw ConfdbFailure.badRequest("There is nothing to write.");
        }
        return texts(values);
    }

    /** Each member as text. */
    static Map<String, String> texts(Json.Members values) {
        Map<String, String> texts = new TreeMap<>();
        values.values().forEach((name, value) -> texts.put(name, value.toString()));
        return texts;
    }
}
