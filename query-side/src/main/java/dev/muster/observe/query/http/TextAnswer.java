package dev.muster.observe.query.http;

import dev.muster.observe.DocumentKind;
import dev.muster.registry.query.http.Conditional;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;

/** Answers that are a text by themselves: a document, rendered rules, a rule book. */
final class TextAnswer {

    private static final byte[] NOTHING = {};

    private TextAnswer() {}

    static MediaType type(DocumentKind kind) {
        return kind.isRules() ? MediaType.APPLICATION_YAML : MediaType.APPLICATION_JSON;
    }

    static String fileName(DocumentKind kind, String uid) {
        return uid + (kind.isRules() ? ".yaml" : ".json");
    }

    /** A download that a caller who has it already does not get again; then it is not even read. */
    static Mono<ResponseEntity<byte[]>> of(
            @Nullable String ifNoneMatch, String tag, MediaType type, String fileName, Mono<byte[]> content) {
        ResponseEntity<byte[]> head = Conditional.answer(ifNoneMatch, tag, NOTHING);
        if (head.getBody() == null) {
            return Mono.just(head);
        }
        String disposition = ContentDisposition.attachment()
                .filename(fileName, StandardCharsets.UTF_8)
                .build()
                .toString();
        return content.map(bytes -> ResponseEntity.ok()
                .headers(head.getHeaders())
                .contentType(type)
                .header("Content-Disposition", disposition)
                .body(bytes));
    }

    static ResponseEntity<byte[]> yaml(String text) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_YAML).body(text.getBytes(StandardCharsets.UTF_8));
    }
}
