package dev.muster.observe.command;

import dev.muster.kernel.Recorded;
import dev.muster.observe.DocumentEvent;
import dev.muster.observe.DocumentEvent.DocumentPublished;
import dev.muster.observe.DocumentEvent.DocumentRemoved;
import dev.muster.observe.DocumentEvent.DocumentRevised;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.Documents;
import dev.muster.observe.Documents.Document;
import dev.muster.observe.Enrolment;
import dev.muster.observe.EnrolmentEvent;
import dev.muster.observe.EnrolmentEvent.DeviceEnrolled;
import dev.muster.observe.EnrolmentEvent.EnrolmentEnded;
import dev.muster.observe.EnrolmentEvent.ObservedAddressChanged;
import dev.muster.observe.EnrolmentEvent.UidChanged;
import dev.muster.observe.Enrolments;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.DeviceEvent;
import dev.muster.registry.DeviceEvent.AddressChanged;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.DeviceRegistered;
import dev.muster.registry.DeviceEvent.DeviceRenamed;
import dev.muster.registry.DeviceEvent.FirstContactMade;
import dev.muster.registry.DeviceEvent.TokenIssued;
import dev.muster.registry.DeviceEvent.TokenWithdrawn;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the query side keeps in memory, as simple as decisions need it. */
final class TestIndexes implements Enrolments {

    final TestDocuments documents = new TestDocuments();
    final TestDevices devices = new TestDevices();
    private final Map<DeviceId, Enrolment> enrolments = new ConcurrentHashMap<>();

    void apply(Recorded recorded) {
        switch (recorded.event()) {
            case EnrolmentEvent event -> enrolment(event, recorded);
            case DocumentEvent event -> documents.apply(event, recorded);
            case DeviceEvent event -> devices.apply(event);
            default -> {}
        }
    }

    private void enrolment(EnrolmentEvent event, Recorded r) {
        DeviceId id = event.deviceId();
        Enrolment old = enrolments.get(id);
        switch (event) {
            case DeviceEnrolled e ->
                enrolments.put(
                        id,
                        new Enrolment(
                                id,
                                e.uid(),
                                r.position(),
                                r.at(),
                                e.address(),
                                e.publicKey(),
                                e.uses(),
                                null,
                                r.sequence()));
            case EnrolmentEnded e -> enrolments.remove(id);
            case UidChanged e -> enrolments.put(id, with(old, e.uid(), old.address(), r));
            case ObservedAddressChanged e -> enrolments.put(id, with(old, old.uid(), e.address(), r));
            default -> enrolments.put(id, with(old, old.uid(), old.address(), r));
        }
    }

    private static Enrolment with(Enrolment old, Uid uid, String address, Recorded r) {
        return new Enrolment(
                old.deviceId(),
                uid,
                old.position(),
                old.enrolledAt(),
                address,
                old.publicKey(),
                old.uses(),
                old.certificate(),
                r.sequence());
    }

    @Override
    public Enrolment find(Uid uid) {
        return enrolments.values().stream()
                .filter(each -> each.uid().equals(uid))
                .findAny()
                .orElse(null);
    }

    @Override
    public Enrolment of(DeviceId deviceId) {
        return enrolments.get(deviceId);
    }

    @Override
    public Collection<Enrolment> all() {
        return enrolments.values().stream()
                .sorted(Comparator.comparingLong(Enrolment::position))
                .toList();
    }

    @Override
    public int size() {
        return enrolments.size();
    }

    @Override
    public long revision() {
        return 0;
    }

    static final class TestDocuments implements Documents {
        private final Map<String, Document> all = new ConcurrentHashMap<>();

        void apply(DocumentEvent event, Recorded r) {
            String key = event.kind() + "/" + event.uid();
            switch (event) {
                case DocumentPublished e ->
                    all.put(
                            key,
                            new Document(
                                    e.kind(),
                                    e.uid(),
                                    e.documentId(),
                                    e.content(),
                                    r.position(),
                                    r.at(),
                                    r.at(),
                                    r.sequence()));
                case DocumentRevised e -> {}
                case DocumentRemoved e -> all.remove(key);
            }
        }

        @Override
        public Document find(DocumentKind kind, Uid uid) {
            return all.get(kind + "/" + uid);
        }

        @Override
        public Collection<Document> all(DocumentKind kind) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long revision() {
            return 0;
        }
    }

    static final class TestDevices implements DeviceDirectory {
        private final Map<DeviceId, DeviceFacts> all = new ConcurrentHashMap<>();

        void apply(DeviceEvent event) {
            DeviceId id = event.deviceId();
            DeviceFacts old = all.get(id);
            switch (event) {
                case DeviceRegistered e -> all.put(id, facts(id, e.name(), e.address(), e.origin(), false, false));
                case DeviceRenamed e ->
                    all.put(id, facts(id, e.name(), old.address(), old.origin(), old.hasToken(), old.contacted()));
                case AddressChanged e ->
                    all.put(id, facts(id, old.name(), e.address(), old.origin(), old.hasToken(), old.contacted()));
                case TokenIssued e ->
                    all.put(id, facts(id, old.name(), old.address(), old.origin(), true, old.contacted()));
                case TokenWithdrawn e ->
                    all.put(id, facts(id, old.name(), old.address(), old.origin(), false, old.contacted()));
                case FirstContactMade e ->
                    all.put(id, facts(id, old.name(), old.address(), old.origin(), old.hasToken(), true));
                case DeviceDecommissioned e -> all.remove(id);
                default -> {}
            }
        }

        private static DeviceFacts facts(
                DeviceId id, String name, String address, Origin origin, boolean hasToken, boolean contacted) {
            return new DeviceFacts(
                    id, name, null, List.of(), Map.of(), Map.of(), address, null, origin, hasToken, contacted);
        }

        @Override
        public DeviceFacts facts(DeviceId id) {
            return all.get(id);
        }

        @Override
        public List<DeviceFacts> matchingFacts(String rsql) {
            throw new UnsupportedOperationException();
        }
    }
}
