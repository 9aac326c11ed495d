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

    /** The sorts of no, each with what it is in HTTP, in the order of these numbers. */
    public enum Kind {
        INVALID(400),
        UNAUTHENTICATED(401),
        FORBIDDEN(403),
        NOT_FOUND(404),
        CONFLICT(409),
        GONE(410),
        PRECONDITION_FAILED(412),
        TOO_LARGE(413),
        UNPROCESSABLE(422),
        PRECONDITION_REQUIRED(428),
        LIMIT_REACHED(429),
        UNAVAILABLE(503);

        private final int httpStatus;

        Kind(int httpStatus) {
            this.httpStatus = httpStatus;
        }

        /** Where a wire has no other word for it. */
        public int httpStatus() {
            return httpStatus;
        }
    }
}
