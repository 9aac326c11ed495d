package dev.muster.lab.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes answers: JSON but for metrics, never kept by anyone on the way. */
final class Answers {

    private Answers() {}

    static Mono<Void> json(Visit visit, int status, JsonNode body) {
        return bytes(visit, status, "application/json", Members.JSON.writeValueAsBytes(body));
    }

    static Mono<Void> text(Visit visit, String contentType, String text) {
        return bytes(visit, 200, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Mono<Void> bytes(Visit visit, int status, String contentType, byte[] bytes) {
        ServerHttpResponse response = begin(visit, status);
        response.getHeaders().set(HttpHeaders.CONTENT_TYPE, contentType);
        response.getHeaders().setContentLength(bytes.length);
        DataBuffer buffer = response.bufferFactory().wrap(bytes);
        return response.writeWith(Mono.just(buffer));
    }

    static Mono<Void> empty(Visit visit) {
        return begin(visit, 204).setComplete();
    }

    /** Nothing happens to an answer that is already on its way; its connection ends early instead. */
    static Mono<Void> failure(Visit visit, WireFailure failure, @Nullable ObjectNode board) {
        if (visit.response.isCommitted()) {
            return Mono.error(failure);
        }
        visit.response.getHeaders().clear();
        failure.headers().forEach(visit.response.getHeaders()::set);
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("error", failure.text())
                .put("code", failure.code());
        if (!failure.details().isEmpty()) {
            json.set("details", Members.JSON.valueToTree(failure.details()));
        }
        if (board != null) {
            json.set("board", board);
        }
        return json(visit, failure.status(), json);
    }

    private static ServerHttpResponse begin(Visit visit, int status) {
        visit.response.setStatusCode(HttpStatusCode.valueOf(status));
        visit.response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
        visit.response.getHeaders().set("X-Content-Type-Options", "nosniff");
        return visit.response;
    }
}
