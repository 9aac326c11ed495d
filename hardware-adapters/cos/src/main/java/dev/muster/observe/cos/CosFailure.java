package dev.muster.observe.cos;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An answer other than success, on its way out. Its body has one of the contract's three shapes (§1.5): messages by
 * field, one {@code detail}, or a bare array. Agents stop altogether at a body that is not JSON, so all have one.
 */
final class CosFailure extends RuntimeException {

    private static final Map<String, String> SOON = Map.of("Retry-After", "1");

    private final int status;
    private final String json;
    private final transient Map<String, String> headers;

    private CosFailure(int status, String json, Map<String, String> headers) {
        super(json, null, false, false);
        this.status = status;
        this.json = json;
        this.headers = headers;
    }

    int status() {
        return status;
    }

    /** The body. */
    String json() {
        return json;
    }

    Map<String, String> headers() {
        return headers;
    }

    static CosFailure detail(int status, @Nullable String message) {
        return detail(status, message, Map.of());
    }

    private static CosFailure detail(int status, @Nullable String message, Map<String, String> headers) {
        String json = new JsonText()
                .open('{')
                .name("detail")
                .text(message == null ? "" : message)
                .close('}')
                .toString();
        return new CosFailure(status, json, headers);
    }

    /** 400 with messages by field. */
    static CosFailure fields(Map<String, List<String>> messages) {
        JsonText json = new JsonText().open('{');
        messages.forEach((field, texts) -> json.name(field).texts(texts));
        return new CosFailure(400, json.close('}').toString(), Map.of());
    }

    static CosFailure field(String name, String message) {
        return fields(Map.of(name, List.of(message)));
    }

    /** 400 that concerns no field. */
    static CosFailure whole(String message) {
        return field("non_field_errors", message);
    }

    /** 400 with a bare array, as the signer's rules have it. */
    static CosFailure bare(String message) {
        return new CosFailure(400, new JsonText().texts(List.of(message)).toString(), Map.of());
    }

    static CosFailure notFound() {
        return detail(404, "Not found.");
    }

    /** 404 for an object that is not there. */
    static CosFailure noMatch(String model) {
        return detail(404, "No " + model + " matches the given query.");
    }

    static CosFailure notAcceptable() {
        return detail(406, "Could not satisfy the request Accept header.");
    }

    static CosFailure methodNotAllowed(String method) {
        return detail(405, "Method \"" + method + "\" not allowed.");
    }

    static CosFailure unsupportedMedia(String contentType) {
        return detail(415, "Unsupported media type \"" + contentType + "\" in request.");
    }

    static CosFailure parseError(@Nullable String why) {
        String text = why == null ? "" : why;
        return detail(400, "JSON parse error - " + (text.length() > 300 ? text.substring(0, 300) : text));
    }

    static CosFailure tooLarge(int bytesMax) {
        return detail(413, "The body is larger than " + bytesMax + " bytes.");
    }

    static CosFailure tooSlow() {
        return detail(408, "The body did not arrive in time.");
    }

    static CosFailure unauthorized(String why) {
        return detail(401, why, Map.of("WWW-Authenticate", "Bearer"));
    }

    static CosFailure forbidden(String why) {
        return detail(403, why);
    }

    /** Come back soon. */
    static CosFailure tryAgain(String why) {
        return detail(503, why, SOON);
    }

    /** What a client is told when something failed that no route has words of its own for. */
    static CosFailure of(Throwable failure) {
        if (failure instanceof CosFailure known) {
            return known;
        }
        if (failure instanceof TimeoutException) {
            return tryAgain("This takes too long at the moment.");
        }
        return Refused.in(failure).map(CosFailure::of).orElseGet(() -> detail(500, "The server failed."));
    }

    private static CosFailure of(Refusal refusal) {
        return switch (refusal.kind()) {
            case NOT_FOUND, GONE -> detail(404, refusal.message());
            case UNAUTHENTICATED -> unauthorized(refusal.message());
            case FORBIDDEN -> forbidden(refusal.message());
            case TOO_LARGE -> detail(413, refusal.message());
            case UNAVAILABLE -> tryAgain(refusal.message());
            case INVALID, UNPROCESSABLE, LIMIT_REACHED, CONFLICT, PRECONDITION_FAILED, PRECONDITION_REQUIRED ->
                whole(refusal.message());
        };
    }
}
