package dev.muster.wamp;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that was refused or failed: what an ERROR carries. Thrown by procedures, and told to callers. */
public final class WampFailure extends RuntimeException {

    public static final String CANCELED = "wamp.error.canceled";
    public static final String INVALID_ARGUMENT = "wamp.error.invalid_argument";
    public static final String INVALID_URI = "wamp.error.invalid_uri";
    public static final String NOT_AUTHORIZED = "wamp.error.not_authorized";
    public static final String NO_SUCH_PROCEDURE = "wamp.error.no_such_procedure";
    public static final String NO_SUCH_REGISTRATION = "wamp.error.no_such_registration";
    public static final String NO_SUCH_SESSION = "wamp.error.no_such_session";
    public static final String NO_SUCH_SUBSCRIPTION = "wamp.error.no_such_subscription";
    public static final String PROCEDURE_ALREADY_EXISTS = "wamp.error.procedure_already_exists";
    public static final String RUNTIME_ERROR = "wamp.error.runtime_error";
    public static final String TIMEOUT = "wamp.error.timeout";
    public static final String UNAVAILABLE = "wamp.error.unavailable";

    private final String uri;
    private final transient Payload payload;

    public WampFailure(String uri, @Nullable List<?> args, @Nullable Map<String, ?> kwargs) {
        this(uri, Payload.given(args, kwargs));
    }

    /** One that is told in a sentence. */
    public WampFailure(String uri, String text) {
        this(uri, List.of(text), null);
    }

    WampFailure(String uri, Payload payload) {
        // It is an answer: where in this code it was thrown says nothing.
        super(text(uri, payload), null, false, false);
        this.uri = uri;
        this.payload = payload;
    }

    private static String text(String uri, Payload payload) {
        return payload.list().isEmpty() ? uri : uri + ": " + payload.list();
    }

    /** What kind of failure, such as {@code wamp.error.canceled}. */
    public String uri() {
        return uri;
    }

    public Payload payload() {
        return payload;
    }

    /** The failure in what a procedure threw; whatever is not meant for callers is told without its words. */
    static WampFailure of(Throwable thrown) {
        return thrown instanceof WampFailure failure
                ? failure
                : new WampFailure(RUNTIME_ERROR, "The procedure failed.");
    }
}
