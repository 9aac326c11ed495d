package dev.muster.updates.ddi;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.registry.RegistryRefusal;
import dev.muster.updates.UpdatesRefusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer other than success, on its way out. The codes are hawkBit's, because devices and their tests know them
 * (contract §15); a failure without one has an empty body.
 */
final class DdiFailure extends RuntimeException {

    private static final String PREFIX = "hawkbit.server.error.";
    private static final DdiFailure BAD_REQUEST = new DdiFailure(400, null, "", Map.of());
    private static final DdiFailure NOT_FOUND = new DdiFailure(404, null, "", Map.of());
    private static final DdiFailure UNAUTHORIZED = new DdiFailure(401, null, "", Map.of());
    private static final DdiFailure GONE = new DdiFailure(410, null, "", Map.of());

    private final int status;
    private final @Nullable String errorCode;
    private final transient Map<String, String> headers;

    private DdiFailure(int status, @Nullable String errorCode, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.errorCode = errorCode;
        this.headers = headers;
    }

    int status() {
        return status;
    }

    /** Null when the body is empty. */
    @Nullable
    String errorCode() {
        return errorCode;
    }

    Map<String, String> headers() {
        return headers;
    }

    private static DdiFailure coded(int status, String code, String message) {
        return new DdiFailure(status, PREFIX + code, message, Map.of());
    }

    static DdiFailure badRequest() {
        return BAD_REQUEST;
    }

    static DdiFailure unauthorized() {
        return UNAUTHORIZED;
    }

    static DdiFailure forbidden() {
        return new DdiFailure(403, null, "", Map.of());
    }

    static DdiFailure notFound() {
        return NOT_FOUND;
    }

    static DdiFailure gone() {
        return GONE;
    }

    static DdiFailure preconditionFailed() {
        return new DdiFailure(412, null, "", Map.of());
    }

    static DdiFailure entityNotFound(String what) {
        return coded(404, "repo.entityNotFound", what);
    }

    static DdiFailure binaryGone(String fileName) {
        return coded(410, "artifact.binaryDeleted", "The file " + fileName + " is no longer stored.");
    }

    static DdiFailure notReadable(String why) {
        return coded(400, "rest.body.notReadable", why);
    }

    static DdiFailure tooLarge(int bytesMax) {
        return coded(413, "rest.body.notReadable", "The body is larger than " + bytesMax + " bytes.");
    }

    static DdiFailure constraintViolation(String why) {
        return coded(400, "repo.constraintViolation", why);
    }

    static DdiFailure tooManyEntries(String why) {
        return coded(429, "quota.tooManyEntries", why);
    }

    static DdiFailure methodNotAllowed(String allow) {
        return new DdiFailure(405, null, "", Map.of("Allow", allow));
    }

    static DdiFailure notAcceptable() {
        return new DdiFailure(406, null, "", Map.of("Accept", Media.OFFERED));
    }

    static DdiFailure unsupportedMedia() {
        return new DdiFailure(415, null, "", Map.of("Accept", Media.READ));
    }

    static DdiFailure rangeNotSatisfiable(long size) {
        return new DdiFailure(416, null, "", Map.of("Content-Range", "bytes */" + size));
    }

    static DdiFailure flooded() {
        return new DdiFailure(429, null, "", Map.of("Retry-After", "1"));
    }

    /** Come back soon: what small clients understand better than a 500. */
    static DdiFailure tryAgain() {
        return new DdiFailure(503, null, "", Map.of("Retry-After", "1"));
    }

    /** What a device is told when a command failed. */
    static DdiFailure of(Throwable failure) {
        if (failure instanceof DdiFailure known) {
            return known;
        }
        return Refused.in(failure).map(DdiFailure::of).orElseGet(DdiFailure::tryAgain);
    }

    private static DdiFailure of(Refusal refusal) {
        String code = refusal.code();
        if (is(code, UpdatesRefusal.ACTION_CLOSED)) {
            return gone();
        }
        if (is(code, UpdatesRefusal.ACTION_WAITS_FOR_CONFIRMATION) || is(code, UpdatesRefusal.ACTION_NOT_WAITING)) {
            return notFound();
        }
        if (is(code, UpdatesRefusal.ACTION_NOT_CANCELING)) {
            return coded(405, "action.notCancelable", refusal.message());
        }
        if (is(code, RegistryRefusal.ATTRIBUTES_INVALID)) {
            return coded(400, "repo.invalidTargetAttributes", refusal.message());
        }
        if (is(code, UpdatesRefusal.AUTO_CONFIRM_ALREADY_ACTIVE)) {
            return coded(409, "repo.autoConfAlreadyActive", refusal.message());
        }
        if (is(code, KernelRefusal.INVALID_REQUEST)) {
            return notReadable(refusal.message());
        }
        return switch (refusal.kind()) {
            case INVALID, UNPROCESSABLE, TOO_LARGE -> constraintViolation(refusal.message());
            case NOT_FOUND -> entityNotFound(refusal.message());
            case GONE -> gone();
            case LIMIT_REACHED -> tooManyEntries(refusal.message());
            case CONFLICT, PRECONDITION_FAILED, PRECONDITION_REQUIRED ->
                coded(409, "repo.concurrentModification", refusal.message());
            case UNAUTHENTICATED -> unauthorized();
            case FORBIDDEN -> coded(403, "insufficientPermission", refusal.message());
            case UNAVAILABLE -> tryAgain();
        };
    }

    private static boolean is(String code, dev.muster.kernel.RefusalCode expected) {
        return expected.code().equals(code);
    }
}
