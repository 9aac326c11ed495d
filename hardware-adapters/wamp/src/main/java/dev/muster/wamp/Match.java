package dev.muster.wamp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which URIs a subscription or registration is for. */
public enum Match {
    /** The one URI. */
    EXACT,
    /** All that begin with it. */
    PREFIX,
    /** All with as many parts, of which those that are empty in the pattern may be anything. */
    WILDCARD;

    /** As it is called on the wire. */
    final String wire = name().toLowerCase(Locale.ROOT);

    /** By its name on the wire; null when there is none of that name. */
    static @Nullable Match named(@Nullable Object name) {
        if (name == null) {
            return EXACT;
        }
        for (Match match : values()) {
            if (match.wire.equals(name)) {
                return match;
            }
        }
        return null;
    }
}
