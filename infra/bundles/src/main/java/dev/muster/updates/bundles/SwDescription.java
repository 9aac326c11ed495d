package dev.muster.updates.bundles;

import dev.muster.updates.Hardware;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code sw-description} says, as far as we care.
 *
 * @param parts every file it names, on any level, without repetition
 * @param warnings sentences for the operator
 */
record SwDescription(
        @Nullable String name,
        String version,
        @Nullable String description,
        List<Hardware> compatibility,
        List<Part> parts,
        List<String> warnings) {

    /**
     * @param sha256 lower-case hex, or null
     * @param type as in {@link dev.muster.updates.BundleFacts.Image}
     */
    record Part(
            String file, @Nullable String sha256, @Nullable String type, boolean encrypted) {}
}
