package dev.muster.wamp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who of several callees of one procedure is asked (WAMP §11.3.9). */
enum Invoke {
    /** There is only one. */
    SINGLE,
    FIRST,
    LAST,
    ROUNDROBIN,
    RANDOM;

    /** As it is called on the wire. */
    final String wire = name().toLowerCase(Locale.ROOT);

    /** @throws WampFailure when there is none of that name */
    static Invoke named(@Nullable Object name) {
        if (name == null) {
            return SINGLE;
        }
        for (Invoke policy : values()) {
            if (policy.wire.equals(name)) {
                return policy;
            }
        }
        throw new WampFailure(WampFailure.INVALID_ARGUMENT, "There is no such way to invoke.");
    }
}
