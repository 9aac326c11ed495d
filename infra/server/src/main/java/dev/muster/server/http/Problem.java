package dev.muster.server.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal on the wire: RFC 9457 with members of our own.
 *
 * @param type a page that explains the code
 * @param title the same for every problem of a status
 * @param code stable, {@code capability.reason}; what programs look at
 * @param hint what to do about it
 * @param details facts by name
 * @param errors which members of the body are wrong
 * @param traceId for finding it in the logs
 * @param retryable whether the same request may succeed later
 */
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        String code,
        @Nullable String hint,
        @Nullable Map<String, Object> details,
        @Nullable List<Fault> errors,
        @Nullable String traceId,
        boolean retryable) {

    /** @param pointer JSON pointer (RFC 6901) into the body */
    public record Fault(String pointer, String message) {}
}
