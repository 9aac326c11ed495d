package dev.muster.kernel;

/** Keys of the metadata that every command and event carries. Values are strings. */
public final class Provenance {

    /** Who: {@code user:<id>}, {@code token:<id>}, {@code device:<id>}, {@code gateway}, {@code system}. */
    public static final String ACTOR = "actor";
    /** From which address. */
    public static final String ADDRESS = "address";
    /** The command that led to the event, e.g. {@code registry.RegisterDevice}. */
    public static final String COMMAND = "command";
    /** Follows one request through every event it causes. */
    public static final String CORRELATION = "correlation";
    /** W3C trace context of the request, when it had one. */
    public static final String TRACEPARENT = "traceparent";
    /** Why, in the caller's words (header {@code Muster-Reason}). */
    public static final String REASON = "reason";

    private Provenance() {}
}
