package dev.muster.kernel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A coded "no" that a caller can act on. It is an answer, not a fault: nothing is logged as an error for it.
 *
 * @param code stable and machine-readable, {@code capability.reason}, e.g. {@code registry.device-exists}
 * @param kind what sort of no it is; the HTTP mapping lives in the server alone
 * @param message one sentence for people
 * @param hint what to do about it, or null
 * @param details further facts by name, e.g. {@code {"limit": 100}}
 */
public record Refusal(
        String code, Kind kind, String message, @Nullable String hint, Map<String, Object> details) {

    public Refusal {
        details = details == null ? Map.of() : Map.copyOf(details);
    }

    /** The sorts of no, in the order of HTTP's 4xx. */
    public enum Kind {
        INVALID,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        CONFLICT,
        GONE,
        PRECONDITION_FAILED,
        TOO_LARGE,
        UNPROCESSABLE,
        PRECONDITION_REQUIRED,
        LIMIT_REACHED,
        UNAVAILABLE
    }
}
