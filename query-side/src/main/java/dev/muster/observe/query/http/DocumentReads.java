package dev.muster.observe.query.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Page;
import dev.muster.kernel.Refused;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import dev.muster.observe.DocumentTexts;
import dev.muster.observe.Documents.Document;
import dev.muster.observe.Enrolment;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.RuleFiles;
import dev.muster.observe.RuleFiles.Finding;
import dev.muster.observe.Uid;
import dev.muster.observe.query.DocumentIndex;
import dev.muster.observe.query.EnrolmentIndex;
import dev.muster.observe.query.MakingOrder;
import dev.muster.observe.query.ObserveSettings;
import dev.muster.observe.query.Words;
import dev.muster.registry.DeviceId;
import dev.muster.registry.query.Offload;
import dev.muster.registry.query.http.Conditional;
import dev.muster.registry.query.http.Pages;
import io.swagger.v3.oas.annotations.Operation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Dashboards and alert-rule files: what there is, what it says, who uses it, how it reads for a device. */
@RestController
@RequestMapping("/api/v1/documents/{kind}")
public class DocumentReads {

    private final DocumentIndex documents;
    private final EnrolmentIndex enrolments;
    private final DocumentTexts texts;
    private final RuleFiles rules;
    private final Offload offload;
    private final ObserveSettings settings;

    public DocumentReads(
            DocumentIndex documents,
            EnrolmentIndex enrolments,
            DocumentTexts texts,
            RuleFiles rules,
            Offload offload,
            ObserveSettings settings) {
        this.documents = documents;
        this.enrolments = enrolments;
        this.texts = texts;
        this.rules = rules;
        this.offload = offload;
        this.settings = settings;
    }

    /** A device that uses a document. */
    public record DocumentUser(DeviceId deviceId, Uid uid) {}

    @GetMapping
    @Requires(Permission.OBSERVE_READ)
    @Operation(summary = "Dashboards or rule files of a kind, oldest first; 'q' looks into the uid")
    public Mono<ResponseEntity<Page<DocumentView>>> list(
            @PathVariable String kind,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false, defaultValue = "false") boolean count,
            ServerHttpRequest request) {
        DocumentKind named = DocumentKind.named(kind);
        Words words = Words.of(q, settings);
        Predicate<Document> wanted = each -> words.in(each.uid().value());
        int most = Pages.limit(limit);
        long from = MakingOrder.after(after);
        return offload.ask(() -> MakingOrder.page(
                        documents.after(named, from),
                        wanted,
                        Document::position,
                        each -> DocumentView.of(each, enrolments.users(each.id()), null),
                        most,
                        count ? documents.all(named).stream().filter(wanted).count() : null))
                .map(page -> Pages.answer(request, page));
    }

    @GetMapping("/{uid}")
    @Requires(Permission.OBSERVE_READ)
    @Operation(summary = "One dashboard or rule file, with what is wrong with its rules")
    public Mono<ResponseEntity<DocumentView>> one(
            @PathVariable String kind,
            @PathVariable String uid,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        return document(kind, uid).flatMap(document -> findings(document).map(findings -> {
            int devices = enrolments.users(document.id());
            boolean read = findings.isPresent() == document.kind().isRules();
            return Conditional.answer(
                    ifNoneMatch,
                    document.version() + "-" + devices + (read ? "" : "-unread"),
                    DocumentView.of(document, devices, findings.orElse(null)));
        }));
    }

    /** Empty for what is no rule file, and while its content cannot be read: the rest is known all the same. */
    private Mono<Optional<List<Finding>>> findings(Document document) {
        if (!document.kind().isRules()) {
            return Mono.just(Optional.empty());
        }
        return texts.read(document.content())
                .flatMap(text ->
                        offload.<List<Finding>>ask(() -> rules.read(text).findings()))
                .map(Optional::of)
                .onErrorResume(Refused.class, unread -> Mono.just(Optional.empty()));
    }

    @GetMapping("/{uid}/content")
    @Requires(Permission.OBSERVE_READ)
    @Operation(summary = "Download a dashboard or rule file; templates as they are, not rendered")
    public Mono<ResponseEntity<byte[]>> content(
            @PathVariable String kind,
            @PathVariable String uid,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        return document(kind, uid)
                .flatMap(document -> TextAnswer.of(
                        ifNoneMatch,
                        document.content().sha256(),
                        TextAnswer.type(document.kind()),
                        TextAnswer.fileName(document.kind(), document.uid().value()),
                        texts.read(document.content())
                                .flatMap(text -> offload.<byte[]>ask(() -> text.getBytes(StandardCharsets.UTF_8)))));
    }

    @GetMapping("/{uid}/devices")
    @Requires(Permission.OBSERVE_READ)
    @Operation(summary = "The devices that use a dashboard or rule file, in the order of enrolment")
    public Mono<ResponseEntity<Page<DocumentUser>>> users(
            @PathVariable String kind,
            @PathVariable String uid,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false, defaultValue = "false") boolean count,
            ServerHttpRequest request) {
        int most = Pages.limit(limit);
        long from = MakingOrder.after(after);
        return document(kind, uid)
                .flatMap(document -> offload.ask(() -> usersOf(document, from, most, count)))
                .map(page -> Pages.answer(request, page));
    }

    private Page<DocumentUser> usersOf(Document document, long from, int limit, boolean count) {
        long all = enrolments.users(document.id());
        Iterable<Enrolment> rest = all == 0 ? List.of() : enrolments.after(from);
        DocumentRef ref = document.ref();
        return MakingOrder.page(
                rest,
                each -> each.uses().getOrDefault(document.kind(), List.of()).contains(ref),
                Enrolment::position,
                each -> new DocumentUser(each.deviceId(), each.uid()),
                limit,
                count ? all : null);
    }

    @GetMapping("/{uid}/preview")
    @Requires(Permission.OBSERVE_READ)
    @Operation(summary = "A rule file as it reads for a device, whether or not the device uses it")
    public Mono<ResponseEntity<byte[]>> preview(
            @PathVariable String kind, @PathVariable String uid, @RequestParam String device) {
        return document(kind, uid).flatMap(document -> {
            if (!document.kind().isRules()) {
                throw KernelRefusal.INVALID_REQUEST.because("A dashboard reads the same for every device.");
            }
            Enrolment enrolment = enrolments.of(new DeviceId(device));
            if (enrolment == null) {
                throw ObserveRefusal.ENROLMENT_UNKNOWN.because("Device " + device + " is not enrolled.");
            }
            return texts.read(document.content())
                    .flatMap(text -> offload.<ResponseEntity<byte[]>>ask(() -> TextAnswer.yaml(
                            document.content().template() ? rules.rendered(text, enrolment.uid()) : text)));
        });
    }

    private Mono<Document> document(String kind, String uid) {
        return Mono.fromSupplier(() -> {
            Document document = documents.find(DocumentKind.named(kind), new Uid(uid));
            if (document == null) {
                throw ObserveRefusal.DOCUMENT_UNKNOWN.because("There is no " + kind + " '" + uid + "'.");
            }
            return document;
        });
    }
}
