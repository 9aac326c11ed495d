package dev.muster.observe.cos;

import dev.muster.kernel.Refused;
import dev.muster.observe.Uid;
import org.jspecify.annotations.Nullable;

/** Names out of paths and lists. */
final class Uids {

    private Uids() {}

    /** Null for what nothing can be called. */
    static @Nullable Uid orNull(String text) {
        if (text.isEmpty() || text.length() > 2 * Uid.LENGTH_MAX) {
            return null;
        }
        try {
            return new Uid(text);
        } catch (Refused e) {
            return null;
        }
    }
}
