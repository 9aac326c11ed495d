package dev.muster.observe.cos;

import dev.muster.kernel.Ids;
import dev.muster.kernel.Refused;
import dev.muster.observe.DocumentCommand.PublishDocument;
import dev.muster.observe.DocumentCommand.RemoveDocument;
import dev.muster.observe.DocumentCommand.ReviseDocument;
import dev.muster.observe.DocumentContent;
import dev.muster.observe.DocumentId;
import dev.muster.observe.Documents.Document;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.Uid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code applications/…/} and {@code applications/…/<uid>/}, for dashboards and rule files alike (contract §5, §6). */
final class DocumentRoutes {

    private final CosPorts ports;
    private final Bodies bodies;
    private final Orders orders;
    private final Collections collections;
    private final Sheet dashboards;
    private final Sheet rules;

    DocumentRoutes(CosPorts ports, CosSettings settings, Bodies bodies, Orders orders) {
        this.ports = ports;
        this.bodies = bodies;
        this.orders = orders;
        this.dashboards = new DashboardSheet(settings);
        this.rules = new RuleSheet(settings, ports.ruleFiles());
        this.collections = new Collections(ports, dashboards);
    }

    private Sheet sheet(Application application) {
        return application.kind.isRules() ? rules : dashboards;
    }

    Mono<Void> all(Visit visit) {
        Application application = visit.route().documents();
        if (visit.reads()) {
            // With its templates rendered it is as long as the fleet, and no connection's own thread has time for that.
            return Answers.json(visit, collections.of(application).subscribeOn(Schedulers.boundedElastic()));
        }
        Sheet sheet = sheet(application);
        return bodies.read(visit, sheet.shape())
                .flatMap(body -> published(visit, application, sheet, body))
                .flatMap(json -> Answers.json(visit, 201, json));
    }

    private Mono<byte[]> published(Visit visit, Application application, Sheet sheet, Body body) {
        Fields fields = new Fields(body, false);
        Uid uid = uid(fields, application, null);
        String text = content(fields, sheet);
        fields.faults.throwIfAny();
        if (uid == null || text == null) {
            throw new IllegalStateException("a new document without uid or content got through");
        }
        if (ports.documents().find(application.kind, uid) == null) {
            ports.documents().needRoom(application.kind);
        }
        DocumentId id = new DocumentId(Ids.next(ports.clock()));
        return stored(application, sheet, text).flatMap(content -> orders.send(
                        new PublishDocument(application.kind, uid, id, content), visit.provenance())
                .onErrorMap(failure -> worded(failure, application))
                .then(Mono.defer(() -> shown(sheet, fresh(application, uid, id, content)))));
    }

    Mono<Void> one(Visit visit) {
        Application application = visit.route().documents();
        Uid uid = Uids.orNull(visit.route().uid());
        Document document = uid == null ? null : ports.documents().find(application.kind, uid);
        if (document == null) {
            boolean download = visit.reads() && !application.kind.isRules();
            return Mono.error(
                    download ? CosFailure.detail(404, "Object does not exist") : CosFailure.noMatch(application.model));
        }
        if (visit.reads()) {
            return application.kind.isRules()
                    ? shown(rules, document).flatMap(json -> Answers.json(visit, 200, json))
                    : downloaded(visit, document);
        }
        if (visit.is(HttpMethod.DELETE)) {
            return orders.send(new RemoveDocument(document.kind(), document.uid(), null), visit.provenance())
                    .onErrorMap(failure -> worded(failure, application))
                    .then(Mono.defer(() -> Answers.empty(visit, 204)));
        }
        Sheet sheet = sheet(application);
        return bodies.read(visit, sheet.shape())
                .flatMap(body -> revised(visit, application, sheet, document, body))
                .flatMap(json -> Answers.json(visit, 200, json));
    }

    /** A document keeps its name: another one is looked at and then forgotten. */
    private Mono<byte[]> revised(Visit visit, Application application, Sheet sheet, Document document, Body body) {
        Fields fields = new Fields(body, visit.is(HttpMethod.PATCH));
        uid(fields, application, document);
        String text = content(fields, sheet);
        fields.faults.throwIfAny();
        if (text == null) {
            return shown(sheet, document);
        }
        return stored(application, sheet, text).flatMap(content -> orders.send(
                        new ReviseDocument(document.kind(), document.uid(), content, null), visit.provenance())
                .onErrorMap(failure -> worded(failure, application))
                .then(Mono.defer(() -> shown(sheet, fresh(application, document.uid(), document.id(), content)))));
    }

    private @Nullable Uid uid(Fields fields, Application application, @Nullable Document of) {
        Uid uid = fields.uid();
        Document holder = uid == null ? null : ports.documents().find(application.kind, uid);
        if (holder != null && (of == null || !holder.uid().equals(of.uid()))) {
            fields.faults.add("uid", taken(application));
        }
        return uid;
    }

    /** The content; when anything else is wrong already, what is wrong with the content is told along with it. */
    private static @Nullable String content(Fields fields, Sheet sheet) {
        String text = sheet.content(fields);
        Fields others = new Fields(fields.body, true);
        sheet.others(others);
        if (text != null && (fields.faults.any() || others.faults.any())) {
            String fault = sheet.faultOf(text);
            if (fault != null) {
                fields.faults.add(sheet.field(), fault);
            }
        }
        sheet.others(fields);
        return text;
    }

    private Mono<DocumentContent> stored(Application application, Sheet sheet, String text) {
        return Mono.defer(() -> ports.texts().store(application.kind, text))
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorMap(failure -> Orders.refusal(failure, ObserveRefusal.RULES_INVALID)
                        .or(() -> Orders.refusal(failure, ObserveRefusal.DASHBOARD_INVALID))
                        .<Throwable>map(refusal -> CosFailure.field(sheet.field(), sheet.worded(refusal)))
                        .orElse(failure));
    }

    /** As it is now; as it was made when it is gone again already. */
    private Document fresh(Application application, Uid uid, DocumentId id, DocumentContent content) {
        Document now = ports.documents().find(application.kind, uid);
        Instant at = ports.clock().instant();
        return now == null ? new Document(application.kind, uid, id, content, 0, at, at, 0) : now;
    }

    private Mono<byte[]> shown(Sheet sheet, Document document) {
        return text(document).map(canonical -> sheet.shown(document, canonical));
    }

    /** What is stored. A large one is worked on where nobody waits for the thread. */
    private Mono<String> text(Document document) {
        Mono<String> text = ports.texts().read(document.content());
        return document.content().size() <= Bodies.SMALL ? text : text.subscribeOn(Schedulers.boundedElastic());
    }

    private Mono<Void> downloaded(Visit visit, Document document) {
        return text(document)
                .map(canonical -> ports.jsonFormatter().spaced(canonical).getBytes(StandardCharsets.UTF_8))
                .flatMap(file -> Answers.file(
                        visit,
                        "application/json",
                        DashboardSheet.disposition(document.uid().value()),
                        file));
    }

    private static Throwable worded(Throwable failure, Application application) {
        if (Orders.refusal(failure, ObserveRefusal.DOCUMENT_EXISTS).isPresent()) {
            return CosFailure.field("uid", taken(application));
        }
        if (Orders.refusal(failure, ObserveRefusal.DOCUMENT_UNKNOWN).isPresent()) {
            return CosFailure.noMatch(application.model);
        }
        return Refused.in(failure).isPresent() ? CosFailure.of(failure) : failure;
    }

    private static String taken(Application application) {
        return application.label + " with this uid already exists.";
    }
}
