package dev.muster.lab.wire;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.lab.LabRefusal;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** An answer other than success: status, machine-readable code and a sentence (contract §4). */
final class WireFailure extends RuntimeException {

    private final int status;
    private final String code;
    private final transient Map<String, Object> details;
    private final transient Map<String, String> headers;

    private WireFailure(
            int status, String code, String message, Map<String, Object> details, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.details = details;
        this.headers = headers;
    }

    WireFailure(int status, String code, String message) {
        this(status, code, message, Map.of(), Map.of());
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

    Map<String, Object> details() {
        return details;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The same words for a token that is missing, unknown, over or revoked. */
    static WireFailure unauthorized() {
        return new WireFailure(
                401,
                "unauthorized",
                "A valid token is needed: 'Authorization: Bearer <token>'.",
                Map.of(),
                Map.of("WWW-Authenticate", "Bearer"));
    }

    static WireFailure forbidden(String scope) {
        return new WireFailure(403, "forbidden", "This token lacks the scope '" + scope + "'.");
    }

    static WireFailure notFound() {
        return new WireFailure(404, "not-found", "There is nothing under this path.");
    }

    static WireFailure methodNotAllowed(String allow) {
        return new WireFailure(
                405, "method-not-allowed", "Only " + allow + " works here.", Map.of(), Map.of("Allow", allow));
    }

    static WireFailure upgradeRequired() {
        return new WireFailure(
                426,
                "upgrade-required",
                "This path speaks WebSocket only.",
                Map.of(),
                Map.of("Upgrade", "websocket", "Connection", "Upgrade"));
    }

    static WireFailure badValue(String message) {
        return new WireFailure(400, "bad-value", message);
    }

    static WireFailure tooMany(String message) {
        return new WireFailure(429, "too-many", message, Map.of(), Map.of("Retry-After", "10"));
    }

    /** What a client is told when something failed, whatever it was. */
    static WireFailure of(Throwable failure) {
        if (failure instanceof WireFailure known) {
            return known;
        }
        if (failure instanceof TimeoutException) {
            return new WireFailure(
                    503, "try-again", "This takes too long at the moment.", Map.of(), Map.of("Retry-After", "5"));
        }
        return Refused.in(failure)
                .map(WireFailure::of)
                .orElseGet(() -> new WireFailure(500, "failed", "The server failed."));
    }

    private static WireFailure of(Refusal refusal) {
        if (refusal.kind() == Refusal.Kind.UNAUTHENTICATED) {
            return unauthorized();
        }
        return new WireFailure(
                statusOf(refusal), codeOf(refusal), refusal.message(), refusal.details(), headersOf(refusal));
    }

    private static Map<String, String> headersOf(Refusal refusal) {
        return refusal.kind() == Refusal.Kind.LIMIT_REACHED ? Map.of("Retry-After", "10") : Map.of();
    }

    /** The word after the capability's, but for the one that the contract has another word for. */
    private static String codeOf(Refusal refusal) {
        if (is(refusal, LabRefusal.OUT_OF_SERVICE)) {
            return "maintenance";
        }
        return refusal.code().substring(refusal.code().indexOf('.') + 1);
    }

    private static int statusOf(Refusal refusal) {
        if (is(refusal, LabRefusal.SETUP_FAILED)
                || is(refusal, LabRefusal.RELEASE_FAILED)
                || is(refusal, LabRefusal.FLASH_BACK_FAILED)) {
            return 500;
        }
        if (is(refusal, LabRefusal.POWER_TIMEOUT) || is(refusal, LabRefusal.FLASH_BACK_TIMEOUT)) {
            return 504;
        }
        // What a switch or a serial line says is about the lab's wiring, never about the request.
        if (is(refusal, LabRefusal.POWER_AUTH)
                || is(refusal, LabRefusal.POWER_DENIED)
                || is(refusal, LabRefusal.POWER_FAULT)
                || is(refusal, LabRefusal.NO_SUCH_PORT)
                || is(refusal, LabRefusal.CONSOLE_FAULT)) {
            return 502;
        }
        return refusal.kind().httpStatus();
    }

    private static boolean is(Refusal refusal, LabRefusal code) {
        return refusal.code().equals(code.code());
    }
}
