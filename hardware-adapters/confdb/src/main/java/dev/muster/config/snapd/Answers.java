package dev.muster.config.snapd;

import dev.muster.config.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Writes answers in the API's envelope (contract §3, §4). Clients fall over a member they do not know and over a media
 * type with a parameter, so an answer has exactly these members and this type.
 */
final class Answers {

    private static final String JSON = "application/json";

    private Answers() {}

    /** What was asked for, at once. */
    static Mono<Void> now(Visit visit, Json result) {
        return envelope(visit, 200, "sync", result, Map.of());
    }

    /** What was asked for is a change, which can be asked for. */
    static Mono<Void> later(Visit visit, String change) {
        return envelope(visit, 202, "async", Json.NULL, Map.of("change", Json.of(change)));
    }

    /** Nothing happens to an answer that is already on its way; its connection ends early instead. */
    static Mono<Void> failure(Visit visit, ConfdbFailure failure) {
        if (visit.response.isCommitted()) {
            return Mono.error(failure);
        }
        visit.response.getHeaders().clear();
        failure.headers().forEach(visit.response.getHeaders()::set);
        TreeMap<String, Json> result = new TreeMap<>();
        result.put("message", Json.of(failure.text()));
        String kind = failure.kind();
        if (kind != null) {
            result.put("kind", Json.of(kind));
        }
        String at = failure.at();
        if (at != null) {
            result.put("at", Json.of(at));
        }
        return envelope(visit, failure.status(), "error", new Json.Members(result), Map.of());
    }

    private static Mono<Void> envelope(Visit visit, int status, String type, Json result, Map<String, Json> beside) {
        TreeMap<String, Json> all = new TreeMap<>(beside);
        all.put("type", Json.of(type));
        all.put("status-code", Json.of(status));
        all.put("status", Json.of(phrase(status)));
        all.put("result", result);
        byte[] body = new Json.Members(all).toString().getBytes(StandardCharsets.UTF_8);
        ServerHttpResponse response = visit.response;
        response.setStatusCode(HttpStatusCode.valueOf(status));
        HttpHeaders headers = response.getHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, JSON);
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        headers.setContentLength(body.length);
        // The body of an answer to HEAD is never written, and then its status would not be either.
        if (visit.is(HttpMethod.HEAD)) {
            return response.setComplete();
        }
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }

    private static String phrase(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? Integer.toString(status) : known.getReasonPhrase();
    }
}
