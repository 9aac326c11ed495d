package dev.muster.config.snapd;

import dev.muster.config.Json;
import dev.muster.config.JsonFault;
import dev.muster.config.JsonReader;
import dev.muster.config.RegistrySchema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a read asks of a view.
 *
 * @param paths none for all that can be read
 * @param constraints parameter or placeholder → scalar
 */
record Question(List<String> paths, Map<String, Json> constraints) {

    private static final int CONSTRAINTS_MAX = 100;

    /** Fails with 400. */
    static Question read(Query query, Generation generation, ConfdbSettings settings) {
        if (!generation.isConfdb()) {
            return new Question(few(query.list("fields"), settings), Map.of());
        }
        // Where the one ends and the other begins is a matter of versions; whoever asks with either means the same.
        List<String> keys = query.list("keys");
        List<String> paths = keys.isEmpty() ? query.list("fields") : keys;
        // A read waits for nothing here; what the client says of waiting must be sound all the same.
        var unused = WaitTime.read(query.text("access-timeout"), settings.accessTimeoutMax());
        return new Question(few(paths, settings), constraints(query.text("constraints")));
    }

    private static List<String> few(List<String> paths, ConfdbSettings settings) {
        if (paths.size() > settings.pathsMax()) {
            throw ConfdbFailure.badRequest("One request asks for at most " + settings.pathsMax() + " paths.");
        }
        return paths;
    }

    static Map<String, Json> constraints(@Nullable String text) {
        if (text == null) {
            return Map.of();
        }
        Json read;
        try {
            read = JsonReader.read(text);
        } catch (JsonFault fault) {
            throw ConfdbFailure.badRequest("The constraints are no JSON: " + fault.getMessage() + ".");
        }
        if (!(read instanceof Json.Members members) || members.values().size() > CONSTRAINTS_MAX) {
            throw ConfdbFailure.badRequest(
                    "The constraints are an object with at most " + CONSTRAINTS_MAX + " members.");
        }
        members.values().forEach((name, value) -> {
            if (value instanceof Json.Null || value instanceof Json.Items || value instanceof Json.Members) {
                throw ConfdbFailure.badRequest(
                        "A constraint is a string, a number or a boolean; '" + name + "' is " + value.sort() + ".");
            }
        });
        return new TreeMap<>(members.values());
    }

    /** The whole view, or an object by the paths as they were asked for. Refuses as {@link RegistrySchema} says. */
    Json answer(RegistrySchema schema, Json.Members databag, String view, boolean secrets) {
        return paths.isEmpty()
                ? schema.read(databag, view, "", constraints, secrets)
                : schema.readAll(databag, view, paths, constraints, secrets);
    }
}
