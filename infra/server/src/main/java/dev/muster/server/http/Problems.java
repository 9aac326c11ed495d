package dev.muster.server.http;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;
import tools.jackson.core.JacksonException;

/** The one place where a "no" becomes a status. Everything not named here is a fault of ours and says nothing but 500. */
public final class Problems {

    private final String base;

    public Problems(HttpSettings settings) {
        this.base = settings.problemBase();
    }

    /** @param traceId of the request, null when it got none */
    public Problem of(Throwable failure, @Nullable String traceId) {
        Optional<Refusal> refusal = Refused.in(failure);
        Optional<JacksonException> body = cause(failure, JacksonException.class);
        if (refusal.isPresent()) {
            return refused(refusal.get(), body.map(BodyFault::of).map(List::of).orElse(null), traceId);
        }
        if (body.isPresent() && cause(failure, ServerWebInputException.class).isPresent()) {
            Problem.Fault fault = BodyFault.of(body.get());
            String detail = fault.pointer().isEmpty()
                    ? fault.message()
                    : "The body is wrong at " + fault.pointer() + ": " + fault.message();
            return refused(refusal(KernelRefusal.INVALID_REQUEST, detail), List.of(fault), traceId);
        }
        if (cause(failure, DataBufferLimitException.class).isPresent()) {
            return http(HttpStatus.CONTENT_TOO_LARGE, "The body is larger than this server accepts.", traceId);
        }
        if (failure instanceof ErrorResponse response) {
            return of(response, traceId);
        }
        if (cause(failure, ConcurrencyException.class).isPresent()) {
            return problem(
                    409, "kernel.concurrent-change", "Someone else changed this at the same moment.", traceId, true);
        }
        if (cause(failure, AggregateNotFoundException.class).isPresent()) {
            return problem(404, "kernel.not-found", "There is no such thing.", traceId, false);
        }
        if (cause(failure, TimeoutException.class).isPresent()) {
            return problem(503, "kernel.timeout", "This took too long; it may still happen.", traceId, true);
        }
        return problem(500, "kernel.internal-error", "Something went wrong on the server.", traceId, false);
    }

    private static Refusal refusal(KernelRefusal code, String message) {
        return code.because(message).refusal();
    }

    private Problem refused(Refusal refusal, @Nullable List<Problem.Fault> faults, @Nullable String traceId) {
        int status = refusal.kind().httpStatus();
        boolean retryable = status == 429 || status == 503 || refusal.code().equals(KernelRefusal.KEY_IN_USE.code());
        return new Problem(
                base + refusal.code(),
                title(status),
                status,
                refusal.message(),
                refusal.code(),
                refusal.hint(),
                refusal.details().isEmpty() ? null : refusal.details(),
                faults,
                traceId,
                retryable);
    }

    private Problem of(ErrorResponse response, @Nullable String traceId) {
        HttpStatusCode status = response.getStatusCode();
        String detail =
                switch (response) {
                    case MissingRequestValueException e -> "The " + e.getLabel() + " '" + e.getName() + "' is missing.";
                    case ServerWebInputException e
                    when e.getMethodParameter() != null ->
                        "The request does not fit at '" + e.getMethodParameter().getParameterName() + "'.";
                    case ResponseStatusException e
                    when e.getClass() == ResponseStatusException.class && status.is4xxClientError() -> e.getReason();
                    default -> null;
                };
        return http(status, detail, traceId);
    }

    /** A problem of HTTP itself, such as 405; its code is {@code http.} and the reason phrase. */
    Problem http(HttpStatusCode status, @Nullable String detail, @Nullable String traceId) {
        String code = "http." + title(status.value()).toLowerCase(Locale.ROOT).replace(' ', '-');
        return problem(status.value(), code, detail, traceId, status.value() == 503 || status.value() == 429);
    }

    private Problem problem(
            int status, String code, @Nullable String detail, @Nullable String traceId, boolean retryable) {
        return new Problem(base + code, title(status), status, detail, code, null, null, null, traceId, retryable);
    }

    private static String title(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? "Status " + status : known.getReasonPhrase();
    }

    private static <T> Optional<T> cause(Throwable failure, Class<T> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return Optional.of(type.cast(t));
            }
        }
        return Optional.empty();
    }

    /** Seconds after which a retry makes sense, from the refusal's details, else one. */
    static String retryAfter(Problem problem) {
        Map<String, Object> details = problem.details();
        Object seconds = details == null ? null : details.get("retryAfterSeconds");
        return seconds == null ? "1" : seconds.toString();
    }
}
