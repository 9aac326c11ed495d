package dev.muster.wamp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session says in HELLO that it can do, as far as the router acts on it.
 *
 * @param cancels whether it takes INTERRUPT for calls made to it
 * @param takesProgress whether it takes calls whose arguments come in pieces
 */
record Features(boolean cancels, boolean takesProgress) {

    static final Features ALL = new Features(true, true);

    /** @throws ProtocolViolation when there are no roles */
    static Features of(Map<String, @Nullable Object> hello) {
        if (!(hello.get("roles") instanceof Map<?, ?> roles) || roles.isEmpty()) {
            throw new ProtocolViolation("HELLO says no roles.");
        }
        Object features = roles.get("callee") instanceof Map<?, ?> callee ? callee.get("features") : null;
        return new Features(has(features, "call_canceling"), has(features, "progressive_call_invocations"));
    }

    private static boolean has(@Nullable Object features, String name) {
        return features instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get(name));
    }
}
