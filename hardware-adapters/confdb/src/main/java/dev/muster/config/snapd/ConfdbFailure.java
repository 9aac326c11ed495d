package dev.muster.config.snapd;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer other than success: status, a sentence, and what machines may go by. */
final class ConfdbFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Map<String, String> SOON = Map.of("Retry-After", "1");

    private final int status;
    private final String text;
    private final @Nullable String kind;
    private final @Nullable String at;
    private final transient Map<String, String> headers;

    /**
     * @param kind one of the API's words for what is wrong
     * @param at storage path of the value that does not fit
     */
    ConfdbFailure(int status, String text, @Nullable String kind, @Nullable String at, Map<String, String> headers) {
        super(text, null, false, false);
        this.status = status;
        this.text = text;
        this.kind = kind;
        this.at = at;
        this.headers = headers;
    }

    int status() {
        return status;
    }

    String text() {
        return text;
    }

    @Nullable
    String kind() {
        return kind;
    }

    @Nullable
    String at() {
        return at;
    }

    Map<String, String> headers() {
        return headers;
    }

    private static ConfdbFailure plain(int status, String text) {
        return new ConfdbFailure(status, text, null, null, Map.of());
    }

    static ConfdbFailure badRequest(String text) {
        return plain(400, text);
    }

    /** The same words for a token that is missing, unknown, over or of another device. */
    static ConfdbFailure unauthorized() {
        return new ConfdbFailure(
                401,
                "A token of this device is needed, or one of this server's.",
                "login-required",
                null,
                Map.of("WWW-Authenticate", "TargetToken, GatewayToken, Bearer"));
    }

    static ConfdbFailure forbidden(String needed) {
        return plain(403, "This needs the permission '" + needed + "'.");
    }

    static ConfdbFailure notFound(String text) {
        return plain(404, text);
    }

    static ConfdbFailure methodNotAllowed(String method, String allow) {
        return new ConfdbFailure(
                405, "The method " + method + " is not allowed here.", null, null, Map.of("Allow", allow));
    }

    static ConfdbFailure tooSlow() {
        return plain(408, "The body did not arrive in time.");
    }

    static ConfdbFailure tooLarge(int bytesMax) {
        return plain(413, "The body is larger than " + bytesMax + " bytes.");
    }

    /** Come back soon. */
    static ConfdbFailure tryAgain(String text) {
        return new ConfdbFailure(503, text, null, null, SOON);
    }
}
