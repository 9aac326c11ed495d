package dev.muster.config.poc;

import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Writes answers. JSON has no charset parameter: clients compare the type as a text (contract §1, §3). */
final class Answers {

    static final String JSON = "application/json";

    private static final HttpStatusCode NO_CONTENT = HttpStatusCode.valueOf(204);
    private static final HttpStatusCode OK = HttpStatusCode.valueOf(200);
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";
    private static final String NO_SCRIPTS =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private Answers() {}

    static Mono<Void> json(Visit visit, String body) {
        return json(visit, body.getBytes(StandardCharsets.UTF_8));
    }

    static Mono<Void> json(Visit visit, byte[] body) {
        return whole(visit.response, OK, JSON, body);
    }

    static Mono<Void> page(Visit visit, byte[] page) {
        visit.response.getHeaders().set("Content-Security-Policy", NO_SCRIPTS);
        return whole(visit.response, OK, HTML, page);
    }

    static Mono<Void> nothing(Visit visit) {
        visit.response.setStatusCode(NO_CONTENT);
        return visit.response.setComplete();
    }

    static Mono<Void> redirect(Visit visit, String location) {
        visit.response.setStatusCode(HttpStatusCode.valueOf(307));
        visit.response.getHeaders().set(HttpHeaders.LOCATION, location);
        visit.response.getHeaders().setContentLength(0);
        return visit.response.setComplete();
    }

    /** Nothing happens to an answer that is already on its way; its connection ends early instead. */
    static Mono<Void> failure(Visit visit, PocFailure failure) {
        ServerHttpResponse response = visit.response;
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        response.getHeaders().clear();
        failure.headers().forEach(response.getHeaders()::set);
        return whole(
                response,
                HttpStatusCode.valueOf(failure.status()),
                failure.status() == 500 ? TEXT : JSON,
                failure.body().getBytes(StandardCharsets.UTF_8));
    }

    private static Mono<Void> whole(ServerHttpResponse response, HttpStatusCode status, String type, byte[] body) {
        response.setStatusCode(status);
        HttpHeaders headers = response.getHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, type);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }
}
