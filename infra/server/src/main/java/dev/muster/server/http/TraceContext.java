package dev.muster.server.http;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * W3C Trace Context, version 00 (<a href="https://www.w3.org/TR/trace-context/">TR</a>): the trace goes on when the
 * caller sent one, and begins here otherwise.
 *
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits, this server's part of the trace
 * @param flags two hex digits
 */
public record TraceContext(String traceId, String spanId, String flags) {

    private static final Pattern FORM =
            Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
    private static final int LENGTH_MAX = 512;
    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_SPAN = "0".repeat(16);

    /** Goes on with the trace of this header value, or begins one when the value is absent or malformed. */
    static TraceContext continuing(@Nullable String traceparent) {
        return parsed(traceparent)
                .map(given -> new TraceContext(given.traceId(), newSpan(), given.flags()))
                .orElseGet(() -> new TraceContext(newSpan() + newSpan(), newSpan(), "00"));
    }

    static Optional<TraceContext> parsed(@Nullable String traceparent) {
        if (traceparent == null || traceparent.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        var matcher = FORM.matcher(traceparent);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String version = matcher.group(1);
        String trace = matcher.group(2);
        String span = matcher.group(3);
        boolean valid = !version.equals("ff")
                && (!version.equals("00") || matcher.group(5) == null)
                && !trace.equals(NO_TRACE)
                && !span.equals(NO_SPAN);
        return valid ? Optional.of(new TraceContext(trace, span, matcher.group(4))) : Optional.empty();
    }

    /** The trace of a request, once {@link ArrivalFilter} has seen it. */
    static @Nullable TraceContext of(ServerWebExchange exchange) {
        return exchange.getAttribute(TraceContext.class.getName());
    }

    String header() {
        return "00-" + traceId + "-" + spanId + "-" + flags;
    }

    /** 16 hex digits, not all zero. They are no secret, so they come without the generator that all threads share. */
    private static String newSpan() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }
}
