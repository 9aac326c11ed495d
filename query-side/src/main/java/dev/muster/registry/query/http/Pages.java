package dev.muster.registry.query.http;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Page;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.UriUtils;

/** Lists over HTTP: the body names the next cursor, and a {@code Link} header (RFC 8288) the next page. */
public final class Pages {

    private Pages() {}

    /** The asked page size, or the default; refuses what is out of bounds. */
    public static int limit(@Nullable Integer asked) {
        int limit = asked == null ? Page.LIMIT_DEFAULT : asked;
        if (limit < 1 || limit > Page.LIMIT_MAX) {
            throw KernelRefusal.INVALID_REQUEST.because("'limit' is 1 to " + Page.LIMIT_MAX + ".");
        }
        return limit;
    }

    public static <T> ResponseEntity<Page<T>> answer(ServerHttpRequest request, Page<T> page) {
        return answer(request, page.next(), page);
    }

    /** The same for lists with more in them than a page; {@code next} goes into parameter {@code after}. */
    public static <T> ResponseEntity<T> answer(ServerHttpRequest request, @Nullable String next, T body) {
        if (next == null) {
            return ResponseEntity.ok(body);
        }
        // The query stays as it was sent: a filter may hold a raw "=", which a strict builder refuses.
        String query = request.getURI().getRawQuery();
        String kept = query == null
                ? ""
                : Arrays.stream(query.split("&"))
                        .filter(pair -> !pair.startsWith("after=") && !pair.isEmpty())
                        .map(pair -> pair + "&")
                        .collect(Collectors.joining());
        String uri =
                request.getURI().getRawPath() + "?" + kept + "after=" + UriUtils.encode(next, StandardCharsets.UTF_8);
        return ResponseEntity.ok()
                .header(HttpHeaders.LINK, "<" + uri + ">; rel=\"next\"")
                .body(body);
    }
}
