package dev.muster.observe.cos;

import dev.muster.observe.CertificateStatus;
import dev.muster.observe.DocumentCommand;
import dev.muster.observe.DocumentContent;
import dev.muster.observe.DocumentId;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import dev.muster.observe.Documents;
import dev.muster.observe.Enrolment;
import dev.muster.observe.Enrolment.Certificate;
import dev.muster.observe.EnrolmentCommand;
import dev.muster.observe.EnrolmentOrders;
import dev.muster.observe.Enrolments;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Devices and documents in memory: decides at once what the real house decides by events. */
final class FakeObservatory implements Enrolments, EnrolmentOrders, Documents {

    final AtomicLong revision = new AtomicLong();
    final List<Map<String, String>> provenances = new CopyOnWriteArrayList<>();
    private final Supplier<Instant> now;
    private final Map<DeviceId, Enrolment> devices = new LinkedHashMap<>();
    private final Map<String, Document> documents = new LinkedHashMap<>();
    private final Map<String, RuntimeException> failures = new ConcurrentHashMap<>();

    FakeObservatory(Supplier<Instant> now) {
        this.now = now;
    }

    /** The next order of that name ({@code enrol}, {@code change}) or command of that class fails like this. */
    void failNext(String order, RuntimeException failure) {
        failures.put(order, failure);
    }

    private void failIfTold(String order) {
        RuntimeException failure = failures.remove(order);
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public synchronized Enrolment find(Uid uid) {
        return devices.values().stream()
                .filter(it -> it.uid().equals(uid))
                .findFirst()
                .map(this::seen)
                .orElse(null);
    }

    @Override
    public synchronized Enrolment of(DeviceId deviceId) {
        Enrolment device = devices.get(deviceId);
        return device == null ? null : seen(device);
    }

    @Override
    public synchronized Collection<Enrolment> all() {
        return devices.values().stream().map(this::seen).toList();
    }

    @Override
    public synchronized int size() {
        return devices.size();
    }

    @Override
    public long revision() {
        return revision.get();
    }

    /** With the documents that exist, in the order they were made. */
    private Enrolment seen(Enrolment it) {
        Map<DocumentKind, List<DocumentRef>> uses = new EnumMap<>(DocumentKind.class);
        for (DocumentKind kind : DocumentKind.values()) {
            List<DocumentRef> refs = it.uses().getOrDefault(kind, List.of());
            uses.put(
                    kind,
                    all(kind).stream().map(Document::ref).filter(refs::contains).toList());
        }
        return copy(it, it.uid(), it.address(), it.publicKey(), uses, it.certificate());
    }

    private Enrolment copy(
            Enrolment it,
            Uid uid,
            String address,
            String key,
            Map<DocumentKind, List<DocumentRef>> uses,
            Certificate certificate) {
        return new Enrolment(
                it.deviceId(), uid, it.position(), it.enrolledAt(), address, key, uses, certificate, it.version() + 1);
    }

    @Override
    public synchronized Mono<Enrolment> enrol(
            Uid uid,
            String address,
            String publicKey,
            Map<DocumentKind, List<Uid>> uses,
            Map<String, String> provenance) {
        return Mono.fromCallable(() -> {
            failIfTold("enrol");
            provenances.add(provenance);
            if (find(uid) != null) {
                throw ObserveRefusal.UID_TAKEN.because("taken");
            }
            DeviceId id = new DeviceId(uid.value().replaceAll("[^A-Za-z0-9&'.-]", "_"));
            Enrolment device = new Enrolment(
                    id, uid, revision.incrementAndGet(), now.get(), address, publicKey, refs(uses), null, 0);
            devices.put(id, device);
            return seen(device);
        });
    }

    @Override
    public Mono<Enrolment> enrol(
            DeviceId deviceId,
            Uid uid,
            String address,
            String publicKey,
            Map<DocumentKind, List<Uid>> uses,
            Map<String, String> provenance) {
        return Mono.error(new UnsupportedOperationException("this wire knows uids only"));
    }

    @Override
    public synchronized Mono<Enrolment> change(
            DeviceId deviceId,
            Uid uid,
            String address,
            String publicKey,
            Map<DocumentKind, List<Uid>> uses,
            Long expectedVersion,
            Map<String, String> provenance) {
        return Mono.fromCallable(() -> {
            failIfTold("change");
            provenances.add(provenance);
            Enrolment device = devices.get(deviceId);
            Map<DocumentKind, List<DocumentRef>> all = new EnumMap<>(DocumentKind.class);
            all.putAll(device.uses());
            all.putAll(refs(uses));
            Enrolment changed = copy(
                    device,
                    uid == null ? device.uid() : uid,
                    address == null ? device.address() : address,
                    publicKey == null ? device.publicKey() : publicKey,
                    all,
                    device.certificate());
            devices.put(deviceId, changed);
            revision.incrementAndGet();
            return seen(changed);
        });
    }

    private Map<DocumentKind, List<DocumentRef>> refs(Map<DocumentKind, List<Uid>> uses) {
        Map<DocumentKind, List<DocumentRef>> refs = new EnumMap<>(DocumentKind.class);
        uses.forEach((kind, uids) ->
                refs.put(kind, uids.stream().map(uid -> find(kind, uid).ref()).toList()));
        return refs;
    }

    @Override
    public synchronized Document find(DocumentKind kind, Uid uid) {
        return documents.get(kind + "/" + uid);
    }

    @Override
    public synchronized Collection<Document> all(DocumentKind kind) {
        return documents.values().stream()
                .filter(it -> it.kind() == kind)
                .sorted(Comparator.comparingLong(Document::position))
                .toList();
    }

    synchronized Object decide(Object command, Map<String, String> provenance) {
        failIfTold(command.getClass().getSimpleName());
        provenances.add(provenance);
        revision.incrementAndGet();
        switch (command) {
            case DocumentCommand.PublishDocument it -> publish(it);
            case DocumentCommand.ReviseDocument it -> revise(it);
            case DocumentCommand.RemoveDocument it -> documents.remove(it.kind() + "/" + it.uid());
            case EnrolmentCommand.EndEnrolment it -> devices.remove(it.deviceId());
            case EnrolmentCommand.RequestCertificate it -> request(it);
            case EnrolmentCommand.DecideCertificate it -> decided(it);
            default -> throw new IllegalArgumentException("unknown here: " + command);
        }
        return null;
    }

    private void publish(DocumentCommand.PublishDocument it) {
        if (find(it.kind(), it.uid()) != null) {
            throw ObserveRefusal.DOCUMENT_EXISTS.because("exists");
        }
        put(it.kind(), it.uid(), it.documentId(), it.content(), revision.get());
    }

    private void revise(DocumentCommand.ReviseDocument it) {
        Document before = find(it.kind(), it.uid());
        boolean template = before.content().template();
        DocumentContent content =
                new DocumentContent(it.content().sha256(), it.content().size(), template);
        put(it.kind(), it.uid(), before.id(), content, before.position());
    }

    private void put(DocumentKind kind, Uid uid, DocumentId id, DocumentContent content, long position) {
        documents.put(kind + "/" + uid, new Document(kind, uid, id, content, position, now.get(), now.get(), 0));
    }

    private void request(EnrolmentCommand.RequestCertificate it) {
        if (!it.csr().contains("CERTIFICATE REQUEST")) {
            throw ObserveRefusal.CSR_INVALID.because("No request in there.");
        }
        Enrolment device = devices.get(it.deviceId());
        Certificate before = device.certificate();
        Instant created = before == null ? now.get() : before.createdAt();
        certify(device, new Certificate(it.csr(), CertificateStatus.PENDING, "", "", "", created, now.get()));
    }

    private void decided(EnrolmentCommand.DecideCertificate it) {
        Enrolment device = devices.get(it.deviceId());
        Certificate before = device.certificate();
        certify(
                device,
                new Certificate(
                        before.csr(),
                        it.status() == null ? before.status() : it.status(),
                        it.certificate() == null ? before.certificate() : it.certificate(),
                        it.ca() == null ? before.ca() : it.ca(),
                        it.chain() == null ? before.chain() : it.chain(),
                        before.createdAt(),
                        now.get()));
    }

    private void certify(Enrolment device, Certificate certificate) {
        devices.put(
                device.deviceId(),
                copy(device, device.uid(), device.address(), device.publicKey(), device.uses(), certificate));
    }

    /** What a device uses now, for tests that look behind the wire. */
    List<String> uids() {
        return new ArrayList<>(all().stream().map(it -> it.uid().value()).toList());
    }
}
