package dev.muster.updates.ddi;

import dev.muster.files.FileHeaders;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;

/** Writes answers. Each has a length: small clients compare it with what they read. */
final class Answers {

    private static final HttpStatusCode NOT_MODIFIED = HttpStatusCode.valueOf(304);

    private Answers() {}

    /** A document, or 304 when the device has it already. Says which. */
    static boolean isUnchanged(Visit visit, Rendered document) {
        String known = visit.headers.getFirst(HttpHeaders.IF_NONE_MATCH);
        return known != null && (known.equals(document.etag()) || FileHeaders.names(known, document.etag()));
    }

    static Mono<Void> unchanged(Visit visit, Rendered document) {
        ServerHttpResponse response = visit.response;
        response.setStatusCode(NOT_MODIFIED);
        response.getHeaders().set(HttpHeaders.ETAG, document.etag());
        return response.setComplete();
    }

    static Mono<Void> whole(Visit visit, Media media, Rendered document) {
        HttpHeaders headers = visit.response.getHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, media.type);
        headers.set(HttpHeaders.ETAG, document.etag());
        headers.set(HttpHeaders.CACHE_CONTROL, "no-cache");
        return bytes(visit.response, document.body());
    }

    static Mono<Void> document(Visit visit, Media media, byte[] body) {
        Rendered document = Rendered.of(body);
        return isUnchanged(visit, document) ? unchanged(visit, document) : whole(visit, media, document);
    }

    static Mono<Void> bytes(ServerHttpResponse response, byte[] body) {
        HttpHeaders headers = response.getHeaders();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.setContentLength(body.length);
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }

    static Mono<Void> empty(ServerHttpResponse response, int status) {
        response.setStatusCode(HttpStatusCode.valueOf(status));
        response.getHeaders().setContentLength(0);
        return response.setComplete();
    }

    /** Nothing happens to an answer that is already on its way; its connection ends early instead. */
    static Mono<Void> failure(ServerHttpResponse response, DdiFailure failure) {
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        HttpHeaders headers = response.getHeaders();
        headers.clear();
        failure.headers().forEach(headers::set);
        String code = failure.errorCode();
        if (code == null) {
            return empty(response, failure.status());
        }
        response.setStatusCode(HttpStatusCode.valueOf(failure.status()));
        headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
        return bytes(response, problem(code, failure.getMessage()));
    }

    private static byte[] problem(String code, @Nullable String message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = Wire.JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("exceptionClass", "dev.muster.kernel.Refused");
            json.writeStringProperty("errorCode", code);
            json.writeStringProperty("message", message == null ? "" : message);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
