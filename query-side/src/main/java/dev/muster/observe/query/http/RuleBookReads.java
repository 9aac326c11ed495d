package dev.muster.observe.query.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.query.RuleBooks;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * All alert rules in one file, for a timer beside Prometheus or Loki that fetches, checks and reloads: both read rules
 * from disk only.
 */
@RestController
public class RuleBookReads {

    private final RuleBooks books;

    public RuleBookReads(RuleBooks books) {
        this.books = books;
    }

    @GetMapping("/prometheus/rules")
    @Requires(Permission.METRICS_READ)
    @Operation(
            summary = "All Prometheus alert rules, rendered for each device that uses them, in one rule file",
            description = "Files that Prometheus could not load are left out and named in a comment at the top.")
    public Mono<ResponseEntity<byte[]>> prometheus(
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        return book(DocumentKind.PROMETHEUS_RULES, "muster-rules.yaml", ifNoneMatch);
    }

    @GetMapping("/loki/rules")
    @Requires(Permission.METRICS_READ)
    @Operation(
            summary = "All Loki alert rules, rendered for each device that uses them, in one rule file",
            description = "Files that Loki could not load are left out and named in a comment at the top.")
    public Mono<ResponseEntity<byte[]>> loki(
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        return book(DocumentKind.LOKI_RULES, "muster-loki-rules.yaml", ifNoneMatch);
    }

    private Mono<ResponseEntity<byte[]>> book(DocumentKind kind, String fileName, @Nullable String ifNoneMatch) {
        return books.of(kind)
                .flatMap(book -> TextAnswer.of(
                        ifNoneMatch, book.tag(), MediaType.APPLICATION_YAML, fileName, Mono.just(book.bytes())));
    }
}
