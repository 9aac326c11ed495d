package dev.muster.observe.command.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.IfMatch;
import dev.muster.kernel.Positions;
import dev.muster.kernel.RequestIds;
import dev.muster.kernel.command.http.BodyText;
import dev.muster.observe.DocumentCommand.PublishDocument;
import dev.muster.observe.DocumentCommand.RemoveDocument;
import dev.muster.observe.DocumentCommand.ReviseDocument;
import dev.muster.observe.DocumentContent;
import dev.muster.observe.DocumentId;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentTexts;
import dev.muster.observe.Documents;
import dev.muster.observe.Documents.Document;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.Uid;
import dev.muster.observe.command.DocumentSettings;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Orders about dashboards and alert-rule files. The body is the document itself, so that files go in as they are. */
@RestController
@RequestMapping("/api/v1/documents/{kind}")
public class DocumentsEndpoint {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);

    /** What Spring's firewall takes for an attack wherever it stands in a path, however it is written. */
    private static final String NEVER_IN_A_PATH = "%;\\\n\r\u2028\u2029";

    private final Commands commands;
    private final Documents documents;
    private final DocumentTexts texts;
    private final RequestIds ids;
    private final Positions positions;
    private final DocumentSettings settings;

    public DocumentsEndpoint(
            Commands commands,
            Documents documents,
            DocumentTexts texts,
            RequestIds ids,
            Positions positions,
            DocumentSettings settings) {
        this.commands = commands;
        this.documents = documents;
        this.texts = texts;
        this.ids = ids;
        this.positions = positions;
        this.settings = settings;
    }

    /**
     * A stored document.
     *
     * @param sha256 of its canonical text, lower-case hex
     * @param size bytes of that text
     * @param template whether it is rendered for each device that uses it
     */
    public record PublishedDocument(
            DocumentKind kind, Uid uid, DocumentId id, String sha256, long size, boolean template) {

        static PublishedDocument of(PublishDocument c) {
            return new PublishedDocument(
                    c.kind(),
                    c.uid(),
                    c.documentId(),
                    c.content().sha256(),
                    c.content().size(),
                    c.content().template());
        }
    }

    @PostMapping(
            consumes = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_YAML_VALUE,
                MediaType.TEXT_PLAIN_VALUE,
                MediaType.APPLICATION_OCTET_STREAM_VALUE
            })
    @Requires(Permission.OBSERVE_WRITE)
    @Operation(summary = "Publish a dashboard (JSON) or an alert-rule file (YAML); the body is the file")
    public Mono<ResponseEntity<PublishedDocument>> publish(
            @PathVariable String kind, @RequestParam String uid, @RequestBody Flux<DataBuffer> body) {
        DocumentKind of = DocumentKind.named(kind);
        Uid name = addressable(uid);
        return positions
                .caughtUp(CATCH_UP_MAX)
                .then(ids.next())
                .map(DocumentId::new)
                .doOnNext(id -> onlyNew(of, name, id))
                .flatMap(id -> stored(of, body).map(content -> new PublishDocument(of, name, id, content)))
                .flatMap(command -> commands.send(command)
                        .thenReturn(ResponseEntity.created(location(of, name)).body(PublishedDocument.of(command))));
    }

    @PutMapping(
            path = "/{uid}",
            consumes = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_YAML_VALUE,
                MediaType.TEXT_PLAIN_VALUE,
                MediaType.APPLICATION_OCTET_STREAM_VALUE
            })
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.OBSERVE_WRITE)
    @Operation(summary = "Give a document other content; whether it is a template was decided when it was published")
    public Mono<Void> revise(
            @PathVariable String kind,
            @PathVariable String uid,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody Flux<DataBuffer> body) {
        DocumentKind of = DocumentKind.named(kind);
        Uid name = new Uid(uid);
        Long expected = IfMatch.required(ifMatch);
        return positions
                .caughtUp(CATCH_UP_MAX)
                .then(Mono.defer(() -> {
                    onlyKnown(of, name);
                    return stored(of, body);
                }))
                .flatMap(content -> commands.send(new ReviseDocument(of, name, content, expected)))
                .then();
    }

    @DeleteMapping("/{uid}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.OBSERVE_WRITE)
    @Operation(summary = "Take a document away from all devices that use it; history keeps it")
    public Mono<Void> remove(
            @PathVariable String kind,
            @PathVariable String uid,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return commands.send(new RemoveDocument(DocumentKind.named(kind), new Uid(uid), IfMatch.required(ifMatch)))
                .then();
    }

    /**
     * Whoever names a document here must be able to come back to it under its name. Agents may bring any name, by a
     * protocol of their own that has no such door.
     */
    private static Uid addressable(String uid) {
        Uid name = new Uid(uid);
        if (name.value().chars().anyMatch(c -> NEVER_IN_A_PATH.indexOf(c) >= 0)) {
            throw ObserveRefusal.UID_INVALID.about(
                    "uid", "The uid stands in paths here: it has no percent sign, semicolon, backslash or line break.");
        }
        return name;
    }

    private Mono<DocumentContent> stored(DocumentKind kind, Flux<DataBuffer> body) {
        return BodyText.of(body, kind.isRules() ? settings.rulesBytesMax() : settings.dashboardBytesMax())
                .flatMap(text -> texts.store(kind, text));
    }

    /** The aggregate decides; this spares a store the content of what will be refused. A keyed retry passes. */
    private void onlyNew(DocumentKind kind, Uid uid, DocumentId id) {
        Document known = documents.find(kind, uid);
        if (known != null && !known.id().equals(id)) {
            throw ObserveRefusal.DOCUMENT_EXISTS.because("There is a " + kind.wireName() + " '" + uid + "' already.");
        }
        if (known == null) {
            documents.needRoom(kind);
        }
    }

    private void onlyKnown(DocumentKind kind, Uid uid) {
        if (documents.find(kind, uid) == null) {
            throw ObserveRefusal.DOCUMENT_UNKNOWN.because("There is no " + kind.wireName() + " '" + uid + "'.");
        }
    }

    private static URI location(DocumentKind kind, Uid uid) {
        return URI.create("/api/v1/documents/" + kind.wireName() + "/"
                + UriUtils.encodePathSegment(uid.value(), StandardCharsets.UTF_8));
    }
}
