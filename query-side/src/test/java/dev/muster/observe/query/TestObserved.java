package dev.muster.observe.query;

import dev.muster.observe.CertificateStatus;
import dev.muster.observe.DocumentContent;
import dev.muster.observe.DocumentEvent;
import dev.muster.observe.DocumentId;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import dev.muster.observe.Enrolment;
import dev.muster.observe.EnrolmentEvent;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceId;
import dev.muster.testing.MemoryLog;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Observed devices to tell stories about: every sentence is an event. */
public final class TestObserved {

    public final DocumentIndex documents = new DocumentIndex();
    public final EnrolmentIndex enrolments = new EnrolmentIndex();
    public final MemoryLog log = new MemoryLog(documents, enrolments);
    private long ids;

    public static DocumentContent content(String sha256, boolean template) {
        return new DocumentContent(sha256, sha256.length(), template);
    }

    public DocumentRef dashboard(String uid) {
        return published(DocumentKind.GRAFANA_DASHBOARD, uid, content("sha of " + uid, false));
    }

    public DocumentRef published(DocumentKind kind, String uid, DocumentContent content) {
        DocumentId id = new DocumentId(new UUID(0, ++ids));
        happens(new DocumentEvent.DocumentPublished(kind, new Uid(uid), id, content));
        return new DocumentRef(id, new Uid(uid));
    }

    public void revised(DocumentKind kind, DocumentRef document, DocumentContent content) {
        happens(new DocumentEvent.DocumentRevised(kind, document.uid(), document.id(), content));
    }

    public void removed(DocumentKind kind, DocumentRef document) {
        happens(new DocumentEvent.DocumentRemoved(kind, document.uid(), document.id()));
    }

    public TestObserved enrolled(String id) {
        return enrolled(id, id, "10.0.0.1", Map.of());
    }

    public TestObserved enrolled(String id, String uid, String address, Map<DocumentKind, List<DocumentRef>> uses) {
        return happens(new EnrolmentEvent.DeviceEnrolled(new DeviceId(id), new Uid(uid), address, "", uses));
    }

    /** Enrols a device that uses these dashboards. */
    public TestObserved using(String id, DocumentRef... dashboards) {
        return enrolled(id, id, "10.0.0.1", Map.of(DocumentKind.GRAFANA_DASHBOARD, List.of(dashboards)));
    }

    public TestObserved renamed(String id, String before, String uid) {
        return happens(new EnrolmentEvent.UidChanged(new DeviceId(id), new Uid(uid), new Uid(before)));
    }

    public TestObserved uses(String id, DocumentKind kind, DocumentRef... documents) {
        return happens(new EnrolmentEvent.UsedDocumentsChanged(new DeviceId(id), kind, List.of(documents)));
    }

    public TestObserved ended(String id, String uid) {
        return happens(new EnrolmentEvent.EnrolmentEnded(new DeviceId(id), new Uid(uid)));
    }

    public TestObserved asksForACertificate(String id, String csr) {
        return happens(new EnrolmentEvent.CertificateRequested(new DeviceId(id), csr));
    }

    public TestObserved certified(String id, CertificateStatus status, String certificate, String ca, String chain) {
        return happens(new EnrolmentEvent.CertificateDecided(new DeviceId(id), status, certificate, ca, chain));
    }

    public TestObserved happens(EnrolmentEvent event) {
        log.record("enrolment/" + event.deviceId(), event);
        return this;
    }

    public TestObserved happens(DocumentEvent event) {
        log.record("document/" + event.kind().wireName() + "/" + event.uid(), event);
        return this;
    }

    public Enrolment device(String id) {
        return enrolments.of(new DeviceId(id));
    }

    public List<String> uids() {
        return enrolments.all().stream().map(each -> each.uid().value()).toList();
    }

    /** The dashboards a device uses. */
    public List<String> dashboardsOf(String id) {
        return device(id).uses().get(DocumentKind.GRAFANA_DASHBOARD).stream()
                .map(ref -> ref.uid().value())
                .toList();
    }

    /** Every kind with nothing in it but this. */
    public static Map<DocumentKind, List<DocumentRef>> only(DocumentKind kind, List<DocumentRef> documents) {
        Map<DocumentKind, List<DocumentRef>> uses = new EnumMap<>(DocumentKind.class);
        for (DocumentKind each : DocumentKind.values()) {
            uses.put(each, each == kind ? new ArrayList<>(documents) : new ArrayList<>());
        }
        return uses;
    }
}
