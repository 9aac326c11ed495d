package dev.muster.config.snapd;

import dev.muster.config.ConfigRefusal;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.RefusalCode;
import dev.muster.kernel.Refused;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** In which status codes a no is said (contract §13). */
enum Manners {
    /** As snapd does, for a device's own programs: what its generation answers, right or not. */
    SNAPD,
    /** As the rest of this server does. */
    OURS;

    /** The kind of an error where nothing is stored. */
    static final String NO_SUCH_OPTION = "option-not-found";

    /** What went wrong, as far as the two differ on it. */
    private enum Problem {
        NO_SCHEMA,
        NO_VIEW,
        NO_MATCH,
        NO_DATA,
        BAD_REQUEST,
        UNAUTHORIZED,
        VALIDATION,
        TOO_LARGE,
        REJECTED,
        TIMEOUT,
        OTHER
    }

    private static final Map<String, Problem> PROBLEMS = Map.ofEntries(
            is(ConfigRefusal.REGISTRY_ID_INVALID, Problem.NO_SCHEMA),
            is(ConfigRefusal.NO_SCHEMA, Problem.NO_SCHEMA),
            is(ConfigRefusal.NO_VIEW, Problem.NO_VIEW),
            is(ConfigRefusal.NO_MATCH, Problem.NO_MATCH),
            is(ConfigRefusal.NO_DATA, Problem.NO_DATA),
            is(ConfigRefusal.BAD_REQUEST, Problem.BAD_REQUEST),
            is(ConfigRefusal.UNMATCHED_CONSTRAINTS, Problem.BAD_REQUEST),
            is(ConfigRefusal.UNCONSTRAINED, Problem.BAD_REQUEST),
            is(ConfigRefusal.ONLY_SECRETS, Problem.UNAUTHORIZED),
            is(ConfigRefusal.VALUE_INVALID, Problem.VALIDATION),
            is(ConfigRefusal.STORAGE_MISMATCH, Problem.VALIDATION),
            is(ConfigRefusal.TOO_LARGE, Problem.TOO_LARGE),
            is(ConfigRefusal.REJECTED, Problem.REJECTED),
            is(ConfigRefusal.WAITED_TOO_LONG, Problem.TIMEOUT),
            is(KernelRefusal.OVERLOADED, Problem.TIMEOUT),
            is(KernelRefusal.NOT_CAUGHT_UP, Problem.TIMEOUT));

    private static Map.Entry<String, Problem> is(RefusalCode code, Problem problem) {
        return Map.entry(code.code(), problem);
    }

    /** What a client is told when something failed, whatever it was. */
    ConfdbFailure failure(Throwable failure, Generation generation) {
        if (failure instanceof ConfdbFailure known) {
            return known;
        }
        if (failure instanceof TimeoutException) {
            return failure(Problem.TIMEOUT, "This takes too long; it may still happen.", null, generation);
        }
        return Refused.in(failure)
                .map(refusal -> failure(refusal, generation))
                .orElseGet(() -> new ConfdbFailure(500, "The server failed.", null, null, Map.of()));
    }

    private ConfdbFailure failure(Refusal refusal, Generation generation) {
        Problem problem = PROBLEMS.getOrDefault(refusal.code(), Problem.OTHER);
        Object at = refusal.details().get("at");
        if (problem == Problem.OTHER) {
            return new ConfdbFailure(refusal.kind().httpStatus(), refusal.message(), null, null, Map.of());
        }
        return failure(problem, refusal.message(), at == null ? null : at.toString(), generation);
    }

    private ConfdbFailure failure(Problem problem, String text, @Nullable String at, Generation generation) {
        int status = this == OURS ? ours(problem) : snapds(problem, generation);
        Map<String, String> headers = status == 503 ? Map.of("Retry-After", "1") : Map.of();
        String kind = generation.namesKinds() ? kind(problem, generation) : null;
        return new ConfdbFailure(status, text, kind, this == OURS ? at : null, headers);
    }

    private static int snapds(Problem problem, Generation generation) {
        return switch (problem) {
            case NO_SCHEMA -> generation.namesKinds() ? 400 : 500;
            case NO_VIEW, NO_MATCH, NO_DATA -> generation.namesKinds() ? 400 : 404;
            case BAD_REQUEST, TOO_LARGE -> 400;
            case UNAUTHORIZED, VALIDATION, REJECTED, TIMEOUT, OTHER -> 500;
        };
    }

    private static int ours(Problem problem) {
        return switch (problem) {
            case NO_SCHEMA, NO_VIEW, NO_MATCH, NO_DATA -> 404;
            case BAD_REQUEST -> 400;
            case UNAUTHORIZED -> 403;
            case VALIDATION -> 422;
            case TOO_LARGE -> 413;
            case REJECTED -> 409;
            case TIMEOUT -> 503;
            case OTHER -> 500;
        };
    }

    private static @Nullable String kind(Problem problem, Generation generation) {
        return switch (problem) {
            case NO_SCHEMA -> "assertion-not-found";
            case NO_VIEW -> generation == Generation.V2_71 ? "confdb-view-not-found" : "option-not-available";
            case NO_MATCH -> generation == Generation.V2_71 ? "confdb-no-matching-rule" : "option-not-available";
            case NO_DATA -> NO_SUCH_OPTION;
            default -> null;
        };
    }
}
