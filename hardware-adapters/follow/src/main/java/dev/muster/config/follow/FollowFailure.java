package dev.muster.config.follow;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBufferLimitException;

/** An answer other than success: status, machine-readable code and a sentence. */
final class FollowFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, String> headers;

    private FollowFailure(int status, String code, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = headers;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String text() {
        String message = getMessage();
        return message == null ? code : message;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The same words for a token that is missing, unknown, over or of another device. */
    static FollowFailure unauthorized() {
        return new FollowFailure(
                401,
                "identity.not-signed-in",
                "A token of this device is needed, or one of this server's.",
                Map.of("WWW-Authenticate", "TargetToken, GatewayToken, Bearer"));
    }

    static FollowFailure forbidden(String permission) {
        return new FollowFailure(
                403, "identity.not-allowed", "This needs the permission '" + permission + "'.", Map.of());
    }

    static FollowFailure notFound() {
        return new FollowFailure(404, "http.not-found", "There is nothing under this path.", Map.of());
    }

    static FollowFailure methodNotAllowed(String allow) {
        return new FollowFailure(
                405, "http.method-not-allowed", "Only " + allow + " works here.", Map.of("Allow", allow));
    }

    static FollowFailure invalid(String message) {
        return new FollowFailure(400, "kernel.invalid-request", message, Map.of());
    }

    /** What a device is told when something failed, whatever it was. */
    static FollowFailure of(Throwable failure) {
        if (failure instanceof FollowFailure known) {
            return known;
        }
        if (failure instanceof TimeoutException) {
            return new FollowFailure(
                    503, "kernel.timeout", "This takes too long at the moment.", Map.of("Retry-After", "5"));
        }
        if (failure instanceof DataBufferLimitException) {
            return new FollowFailure(413, "http.content-too-large", "The body is too large.", Map.of());
        }
        return Refused.in(failure)
                .map(FollowFailure::of)
                .orElseGet(() -> new FollowFailure(500, "kernel.internal-error", "The server failed.", Map.of()));
    }

    private static FollowFailure of(Refusal refusal) {
        int status = refusal.kind().httpStatus();
        boolean later = status == 429 || status == 503;
        return new FollowFailure(
                status, refusal.code(), refusal.message(), later ? Map.of("Retry-After", "5") : Map.of());
    }
}
