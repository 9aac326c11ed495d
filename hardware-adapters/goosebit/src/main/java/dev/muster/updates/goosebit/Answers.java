package dev.muster.updates.goosebit;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** Writes answers. JSON whatever {@code Accept} says, without a validator, always with a length (contract §2). */
final class Answers {

    private static final String JSON = "application/json";

    private Answers() {}

    static Mono<Void> json(Visit visit, JsonNode body) {
        return whole(visit.response, 200, JSON, Json.bytes(body));
    }

    static Mono<Void> json(Visit visit, String body) {
        return whole(visit.response, 200, JSON, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A body that is long in the making: it is put together and written away from the event loop. */
    static Mono<Void> longJson(Visit visit, Callable<? extends JsonNode> body) {
        return Mono.fromCallable(() -> Json.bytes(body.call()))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(bytes -> whole(visit.response, 200, JSON, bytes));
    }

    static Mono<Void> success(Visit visit) {
        return json(visit, Json.success(true));
    }

    static Mono<Void> text(Visit visit, int status, String type, String body) {
        return whole(visit.response, status, type, body.getBytes(StandardCharsets.UTF_8));
    }

    static Mono<Void> empty(Visit visit, int status) {
        visit.response.setStatusCode(HttpStatusCode.valueOf(status));
        visit.response.getHeaders().setContentLength(0);
        return visit.response.setComplete();
    }

    static Mono<Void> redirect(Visit visit, int status, String location) {
        visit.response.getHeaders().set(HttpHeaders.LOCATION, location);
        return empty(visit, status);
    }

    /** Nothing happens to an answer that is already on its way; its connection ends early instead. */
    static Mono<Void> failure(Visit visit, WireFailure failure) {
        ServerHttpResponse response = visit.response;
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        response.getHeaders().clear();
        failure.headers().forEach(response.getHeaders()::set);
        JsonNode detail = failure.detail();
        if (detail == null) {
            return empty(visit, failure.status());
        }
        return whole(response, failure.status(), JSON, Json.bytes(Json.object().set("detail", detail)));
    }

    private static Mono<Void> whole(ServerHttpResponse response, int status, String type, byte[] body) {
        response.setStatusCode(HttpStatusCode.valueOf(status));
        HttpHeaders headers = response.getHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, type);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        headers.setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }
}
