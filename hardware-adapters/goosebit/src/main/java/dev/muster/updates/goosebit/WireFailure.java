package dev.muster.updates.goosebit;

import dev.muster.identity.IdentityRefusal;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** An answer other than success, on its way out: {@code {"detail": …}} unless it has no body (contract §2, §6). */
final class WireFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Map<String, String> BEARER = Map.of("WWW-Authenticate", "Bearer");
    private static final Map<String, String> SOON = Map.of("Retry-After", "1");

    private final int status;
    private final transient @Nullable JsonNode detail;
    private final transient Map<String, String> headers;

    private WireFailure(int status, @Nullable JsonNode detail, Map<String, String> headers) {
        super(detail == null ? "" : detail.toString(), null, false, false);
        this.status = status;
        this.detail = detail;
        this.headers = headers;
    }

    int status() {
        return status;
    }

    /** A text or a list of problems; null for an answer without a body. */
    @Nullable
    JsonNode detail() {
        return detail;
    }

    Map<String, String> headers() {
        return headers;
    }

    static WireFailure detail(int status, String message) {
        return new WireFailure(status, Json.text(message), Map.of());
    }

    static WireFailure notFound() {
        return detail(404, "Not Found");
    }

    static WireFailure noDevice(String id) {
        return detail(404, "Device with ID " + id + " not found");
    }

    static WireFailure methodNotAllowed(String allow) {
        return new WireFailure(405, Json.text("Method Not Allowed"), Map.of("Allow", allow));
    }

    /** Of people; devices are refused with {@link #detail}. */
    static WireFailure unauthorized(String message) {
        return new WireFailure(401, Json.text(message), BEARER);
    }

    static WireFailure forbidden() {
        return new WireFailure(403, Json.text("Not enough permissions"), BEARER);
    }

    static WireFailure unprocessable(List<Problem> problems) {
        ArrayNode detail = Json.array();
        problems.forEach(each -> detail.add(each.toJson()));
        return new WireFailure(422, detail, Map.of());
    }

    static WireFailure unprocessable(Problem problem) {
        return unprocessable(List.of(problem));
    }

    static WireFailure unprocessable(String sentence) {
        return detail(422, sentence);
    }

    static WireFailure rangeNotSatisfiable(long size) {
        return new WireFailure(416, null, Map.of("Content-Range", "bytes */" + size));
    }

    static WireFailure tooSlow() {
        return detail(408, "The body did not arrive in time.");
    }

    static WireFailure tooLarge(long bytesMax) {
        return detail(413, "The body is larger than " + bytesMax + " bytes.");
    }

    /** Come back soon. */
    static WireFailure tryAgain(String why) {
        return new WireFailure(503, Json.text(why), SOON);
    }

    /** What a client is told when something failed that no route has words of its own for. */
    static WireFailure of(Throwable failure) {
        if (failure instanceof WireFailure known) {
            return known;
        }
        if (failure instanceof TimeoutException) {
            return tryAgain("This takes too long at the moment.");
        }
        return Refused.in(failure).map(WireFailure::of).orElseGet(() -> detail(500, "Internal Server Error"));
    }

    private static WireFailure of(Refusal refusal) {
        if (refusal.code().equals(IdentityRefusal.USER_DISABLED.code())) {
            return unauthorized("User has been disabled, please contact your administrator");
        }
        if (refusal.code().equals(IdentityRefusal.WRONG_CREDENTIALS.code())) {
            return unauthorized("Invalid username or password");
        }
        return switch (refusal.kind()) {
            case UNAUTHENTICATED -> unauthorized("Not authenticated");
            case FORBIDDEN -> detail(403, refusal.message());
            case NOT_FOUND -> detail(404, refusal.message());
            case TOO_LARGE -> detail(413, refusal.message());
            case INVALID, UNPROCESSABLE -> unprocessable(refusal.message());
            case UNAVAILABLE -> tryAgain(refusal.message());
            case LIMIT_REACHED -> limited(refusal);
            case CONFLICT, GONE, PRECONDITION_FAILED, PRECONDITION_REQUIRED -> detail(409, refusal.message());
        };
    }

    private static WireFailure limited(Refusal refusal) {
        Object seconds = refusal.details().get("retryAfterSeconds");
        return new WireFailure(
                429,
                Json.text(refusal.message()),
                seconds == null ? Map.of() : Map.of("Retry-After", seconds.toString()));
    }
}
