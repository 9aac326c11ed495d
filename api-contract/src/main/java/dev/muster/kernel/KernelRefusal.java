package dev.muster.kernel;

import org.jspecify.annotations.Nullable;

/** Refusals that belong to no capability: the shape of a request, its preconditions, its pace. */
public enum KernelRefusal implements RefusalCode {
    INVALID_REQUEST("kernel.invalid-request", Refusal.Kind.INVALID, null),
    INVALID_FILTER(
            "kernel.invalid-filter",
            Refusal.Kind.INVALID,
            "Filters are RSQL, e.g. group==lab and attribute.hw=in=(1,2)."),
    INVALID_CURSOR(
            "kernel.invalid-cursor", Refusal.Kind.INVALID, "Use the 'next' value of the previous page unchanged."),
    VERSION_REQUIRED(
            "kernel.if-match-required", Refusal.Kind.PRECONDITION_REQUIRED, "Send If-Match with the ETag you read."),
    VERSION_LOST("kernel.version-changed", Refusal.Kind.PRECONDITION_FAILED, "Read again and repeat the change."),
    KEY_REUSED(
            "kernel.idempotency-key-reused",
            Refusal.Kind.UNPROCESSABLE,
            "An Idempotency-Key belongs to one request body; use a new key."),
    KEY_IN_USE(
            "kernel.idempotency-key-in-use",
            Refusal.Kind.CONFLICT,
            "The first request is still running; retry shortly."),
    NOT_CAUGHT_UP("kernel.not-caught-up", Refusal.Kind.UNAVAILABLE, "Retry shortly; the view is still catching up."),
    OVERLOADED("kernel.overloaded", Refusal.Kind.UNAVAILABLE, "Retry after a short pause.");

    private final Meaning meaning;

    KernelRefusal(String code, Refusal.Kind kind, @Nullable String hint) {
        this.meaning = new Meaning(code, kind, hint);
    }

    @Override
    public Meaning meaning() {
        return meaning;
    }
}
