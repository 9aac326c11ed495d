package dev.muster.config;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * A registry's schema and views, ready to decide. Every method is a pure function of its arguments and refuses as
 * {@link ConfigRefusal} says.
 */
public interface RegistrySchema {

    SortedSet<String> views();

    /**
     * What the view shows at a path.
     *
     * @param request path, empty for all that is readable
     * @param constraints parameter or placeholder → scalar; none for no filtering
     */
    Json read(Json.Members databag, String view, String request, Map<String, Json> constraints, boolean secrets);

    /** Several paths at once, keyed as they were asked; those without data are left out, refused only if none has any. */
    Json.Members readAll(
            Json.Members databag, String view, List<String> requests, Map<String, Json> constraints, boolean secrets);

    /** The databag with all pairs written or, where the value is null, unset. Not validated. */
    Json.Members written(Json.Members databag, String view, Map<String, Json> values);

    /**
     * Refuses with {@link ConfigRefusal#VALUE_INVALID} what does not fit the storage schema.
     *
     * @param partial whether required members may be missing, as in a layer that others complete
     */
    void validate(Json.Members databag, boolean partial);

    /**
     * Whether a value must not be in clear in history: it is marked secret, or no view lets anybody read it.
     *
     * @param path dotted storage path; list elements count as their list
     */
    boolean isSecret(String path);

    /** Whether reading this path touches data that is not kept. */
    boolean readsEphemeral(String view, String request);

    /** Views that can see an altered storage path. */
    SortedSet<String> viewsThatSee(String path);
}
