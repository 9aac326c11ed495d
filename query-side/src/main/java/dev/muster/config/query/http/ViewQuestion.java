package dev.muster.config.query.http;

import dev.muster.config.Json;
import dev.muster.config.JsonFault;
import dev.muster.config.JsonReader;
import dev.muster.config.RegistrySchema;
import dev.muster.kernel.KernelRefusal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A question to a view.
 *
 * @param fields paths asked for; none for all that is readable
 * @param constraints parameter or placeholder → scalar
 */
record ViewQuestion(String view, List<String> fields, Map<String, Json> constraints) {

    private static final int FIELDS_MAX = 1_000;
    private static final int CONSTRAINTS_LENGTH_MAX = 16_384;

    /**
     * @param fields separated by commas, or null
     * @param constraints an object in JSON, or null
     */
    static ViewQuestion of(String view, @Nullable String fields, @Nullable String constraints) {
        List<String> asked = fields == null || fields.isBlank()
                ? List.of()
                : Stream.of(fields.split(",", -1)).map(String::strip).toList();
        if (asked.size() > FIELDS_MAX) {
            throw KernelRefusal.INVALID_REQUEST.because("'fields' has at most " + FIELDS_MAX + " paths.");
        }
        return new ViewQuestion(view, asked, constraints(constraints));
    }

    private static Map<String, Json> constraints(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Map.of();
        }
        try {
            if (text.length() <= CONSTRAINTS_LENGTH_MAX && JsonReader.read(text) instanceof Json.Members members) {
                return members.values();
            }
        } catch (JsonFault fault) {
            throw KernelRefusal.INVALID_REQUEST.because("'constraints' is no JSON: " + fault.getMessage() + ".");
        }
        throw KernelRefusal.INVALID_REQUEST.because("'constraints' is an object in JSON, such as {\"name\":\"eth0\"}.");
    }

    /** The answer as JSON text. */
    String asked(RegistrySchema schema, Json.Members values, boolean secrets) {
        Json found = fields.isEmpty()
                ? schema.read(values, view, "", constraints, secrets)
                : schema.readAll(values, view, fields, constraints, secrets);
        return found.toString();
    }

    /** What was asked for, as the audit names it. */
    List<String> named() {
        return fields.isEmpty() ? List.of("") : fields;
    }
}
