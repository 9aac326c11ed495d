package dev.muster.config.poc;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Json;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** An answer other than success, on its way out (contract §1.3). */
final class PocFailure extends RuntimeException {

    static final String NOT_REGISTERED = "Agent not registered";
    static final String NO_REGISTRATION = "Agent registration not found";

    private static final long serialVersionUID = 1L;
    private static final Map<String, String> SOON = Map.of("Retry-After", "1");
    private static final String INTERNAL = "Internal Server Error";

    private final int status;
    private final String body;
    private final transient Map<String, String> headers;

    private PocFailure(int status, String body, Map<String, String> headers) {
        super(body, null, false, false);
        this.status = status;
        this.body = body;
        this.headers = headers;
    }

    int status() {
        return status;
    }

    /** JSON, but plain text for status 500. */
    String body() {
        return body;
    }

    Map<String, String> headers() {
        return headers;
    }

    private static PocFailure detail(int status, String message, Map<String, String> headers) {
        return new PocFailure(status, "{\"detail\":" + Json.of(message) + "}", headers);
    }

    static PocFailure badRequest(String message) {
        return detail(400, message, Map.of());
    }

    static PocFailure notFound() {
        return detail(404, "Not Found", Map.of());
    }

    static PocFailure methodNotAllowed(String allowed) {
        return detail(405, "Method Not Allowed", Map.of("Allow", allowed));
    }

    static PocFailure unprocessable(List<Problem> problems) {
        return new PocFailure(422, Problem.detail(problems), Map.of());
    }

    static PocFailure unprocessable(Problem problem) {
        return unprocessable(List.of(problem));
    }

    static PocFailure unauthorized(String message) {
        return detail(401, message, Map.of("WWW-Authenticate", "Bearer"));
    }

    static PocFailure forbidden() {
        return detail(403, "Not enough permissions", Map.of());
    }

    static PocFailure tooSlow() {
        return detail(408, "The body did not arrive in time.", Map.of());
    }

    static PocFailure tooLarge(int bytesMax) {
        return detail(413, "The body is larger than " + bytesMax + " bytes.", Map.of());
    }

    /** Come back soon. */
    static PocFailure tryAgain(String why) {
        return detail(503, why, SOON);
    }

    /** What a client is told when something failed that no route has words of its own for. */
    static PocFailure of(Throwable failure) {
        if (failure instanceof PocFailure known) {
            return known;
        }
        if (failure instanceof TimeoutException) {
            return tryAgain("This takes too long at the moment.");
        }
        return Refused.in(failure).map(PocFailure::of).orElseGet(() -> new PocFailure(500, INTERNAL, Map.of()));
    }

    private static PocFailure of(Refusal refusal) {
        if (refusal.code().equals(ConfigRefusal.AGENT_UNKNOWN.code())) {
            return badRequest(NOT_REGISTERED);
        }
        return switch (refusal.kind()) {
            case UNAUTHENTICATED -> unauthorized(refusal.message());
            case FORBIDDEN -> forbidden();
            case TOO_LARGE -> detail(413, refusal.message(), Map.of());
            case UNAVAILABLE -> tryAgain(refusal.message());
            case INVALID,
                    UNPROCESSABLE,
                    NOT_FOUND,
                    GONE,
                    LIMIT_REACHED,
                    CONFLICT,
                    PRECONDITION_FAILED,
                    PRECONDITION_REQUIRED -> badRequest(refusal.message());
        };
    }
}
