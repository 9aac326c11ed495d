package dev.muster.config.follow;

import dev.muster.config.Json;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Writes answers: JSON, never kept by anyone on the way, for there may be secrets in it. */
final class Answers {

    private static final HttpStatusCode NOT_MODIFIED = HttpStatusCode.valueOf(304);
    private static final HttpStatusCode NO_CONTENT = HttpStatusCode.valueOf(204);

    private Answers() {}

    static Mono<Void> wish(Visit visit, String tag, byte[] body) {
        HttpHeaders headers = visit.response.getHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
        headers.set(HttpHeaders.ETAG, '"' + tag + '"');
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        return written(visit.request, visit.response, body);
    }

    static Mono<Void> unchanged(Visit visit, String tag) {
        visit.response.setStatusCode(NOT_MODIFIED);
        visit.response.getHeaders().set(HttpHeaders.ETAG, '"' + tag + '"');
        return visit.response.setComplete();
    }

    static Mono<Void> done(Visit visit) {
        visit.response.setStatusCode(NO_CONTENT);
        return visit.response.setComplete();
    }

    /** The body of an answer to HEAD is never written, and then its status would not be either. */
    private static Mono<Void> written(ServerHttpRequest request, ServerHttpResponse response, byte[] body) {
        response.getHeaders().setContentLength(body.length);
        if (request.getMethod().equals(HttpMethod.HEAD)) {
            return response.setComplete();
        }
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }

    /** Nothing happens to an answer that is already on its way; its connection ends early instead. */
    static Mono<Void> failure(ServerHttpRequest request, ServerHttpResponse response, FollowFailure failure) {
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        HttpHeaders headers = response.getHeaders();
        headers.clear();
        failure.headers().forEach(headers::set);
        response.setStatusCode(HttpStatusCode.valueOf(failure.status()));
        headers.set(HttpHeaders.CONTENT_TYPE, "application/problem+json");
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        TreeMap<String, Json> problem = new TreeMap<>();
        problem.put("type", Json.of("/docs/problems#" + failure.code()));
        problem.put("status", Json.of(failure.status()));
        problem.put("code", Json.of(failure.code()));
        problem.put("detail", Json.of(failure.text()));
        byte[] body = new Json.Members(problem).toString().getBytes(StandardCharsets.UTF_8);
        return written(request, response, body);
    }
}
