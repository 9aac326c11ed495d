package dev.muster.config.command.http;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Registries;
import dev.muster.config.RegistryCommand.DefineRegistry;
import dev.muster.config.RegistryEngine;
import dev.muster.config.RegistryId;
import dev.muster.config.command.SchemaCheck;
import dev.muster.config.command.SchemaCheck.Finding;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.IfMatch;
import dev.muster.kernel.Positions;
import dev.muster.kernel.command.http.BodyText;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Orders about definitions. The body is the document itself, JSON or an assertion's text, so that files go in as they
 * are.
 */
@RestController
@RequestMapping("/api/v1/registries")
public class RegistriesEndpoint {

    private static final int BODY_BYTES_MAX = 4 * RegistryEngine.DOCUMENT_LENGTH_MAX;
    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);

    private final Commands commands;
    private final RegistryEngine engine;
    private final Registries registries;
    private final SchemaCheck check;
    private final Positions positions;

    public RegistriesEndpoint(
            Commands commands, RegistryEngine engine, Registries registries, SchemaCheck check, Positions positions) {
        this.commands = commands;
        this.engine = engine;
        this.registries = registries;
        this.check = check;
        this.positions = positions;
    }

    /** @param revision from 1; the one it had already when the document says nothing new */
    public record DefinedAs(String account, String name, long revision) {

        static DefinedAs of(RegistryId id, long revision) {
            return new DefinedAs(id.account(), id.name(), revision);
        }
    }

    /** @param findings what keeps it from being defined; empty when nothing does */
    public record RegistryCheck(List<SchemaFinding> findings) {}

    /**
     * @param pointer JSON pointer into the document, empty for the whole
     * @param line from 1; 0 where it is about no place in particular
     * @param column from 1; 0 where it is about no place in particular
     */
    public record SchemaFinding(String pointer, int line, int column, String message) {

        static SchemaFinding of(Finding finding) {
            return new SchemaFinding(finding.pointer(), finding.line(), finding.column(), finding.message());
        }
    }

    private record Document(RegistryId id, String text) {}

    @PostMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
    @Requires(Permission.CONFIG_ADMIN)
    @Operation(summary = "Define a registry, or give one another schema; the body is the document or assertion")
    public Mono<ResponseEntity<DefinedAs>> define(@RequestBody Flux<DataBuffer> body) {
        return document(body).flatMap(document -> {
            boolean known = registries.find(document.id()) != null;
            return defined(new DefineRegistry(document.id(), document.text(), null))
                    .map(revision -> {
                        ResponseEntity.BodyBuilder answer = known || revision != 1
                                ? ResponseEntity.ok()
                                : ResponseEntity.created(URI.create("/api/v1/registries/" + document.id()));
                        return answer.eTag(tag(revision)).body(DefinedAs.of(document.id(), revision));
                    });
        });
    }

    @PostMapping(
            path = "/check",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
    @Requires(Permission.CONFIG_READ)
    @Operation(summary = "Say what keeps a document from being defined; changes nothing")
    public Mono<RegistryCheck> check(@RequestBody Flux<DataBuffer> body) {
        return BodyText.of(body, BODY_BYTES_MAX)
                .publishOn(Schedulers.boundedElastic())
                .map(text -> new RegistryCheck(
                        check.findings(text).stream().map(SchemaFinding::of).toList()));
    }

    @PutMapping(
            path = "/{account}/{name}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
    @Requires(Permission.CONFIG_ADMIN)
    @Operation(summary = "Define this registry; If-Match refuses when somebody else changed it meanwhile")
    public Mono<ResponseEntity<DefinedAs>> replace(
            @PathVariable String account,
            @PathVariable String name,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody Flux<DataBuffer> body) {
        RegistryId id = new RegistryId(account, name);
        Long expected = ifMatch == null ? null : IfMatch.required(ifMatch);
        return document(body).flatMap(document -> {
            onlyThis(id, document.id());
            return defined(new DefineRegistry(id, document.text(), expected))
                    .map(revision -> ResponseEntity.ok().eTag(tag(revision)).body(DefinedAs.of(id, revision)));
        });
    }

    /** Values are written into what this node knows: whoever was answered can do that at once. */
    private Mono<Long> defined(DefineRegistry order) {
        return commands.<Long>send(order)
                .flatMap(revision -> positions.settled(CATCH_UP_MAX).thenReturn(revision));
    }

    /** A schema is judged against the databags that this node knows, so it shall know all. */
    private Mono<Document> document(Flux<DataBuffer> body) {
        return BodyText.of(body, BODY_BYTES_MAX)
                .publishOn(Schedulers.boundedElastic())
                .map(posted -> {
                    String text = engine.documentOf(posted);
                    return new Document(engine.idOf(text), text);
                })
                .flatMap(document -> positions.caughtUp(CATCH_UP_MAX).thenReturn(document));
    }

    private static void onlyThis(RegistryId asked, RegistryId said) {
        if (!asked.equals(said)) {
            throw ConfigRefusal.SCHEMA_INVALID.because("The document defines '" + said + "', not '" + asked + "'.");
        }
    }

    private static String tag(long revision) {
        return "\"" + revision + "\"";
    }
}
