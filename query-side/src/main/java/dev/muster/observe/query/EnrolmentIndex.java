package dev.muster.observe.query;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.observe.CertificateStatus;
import dev.muster.observe.DocumentEvent.DocumentPublished;
import dev.muster.observe.DocumentEvent.DocumentRemoved;
import dev.muster.observe.DocumentId;
import dev.muster.observe.DocumentRef;
import dev.muster.observe.Enrolment;
import dev.muster.observe.Enrolment.Certificate;
import dev.muster.observe.EnrolmentEvent;
import dev.muster.observe.EnrolmentEvent.CertificateDecided;
import dev.muster.observe.EnrolmentEvent.CertificateRequested;
import dev.muster.observe.EnrolmentEvent.DeviceEnrolled;
import dev.muster.observe.EnrolmentEvent.EnrolmentEnded;
import dev.muster.observe.EnrolmentEvent.ObservedAddressChanged;
import dev.muster.observe.EnrolmentEvent.PublicKeyChanged;
import dev.muster.observe.EnrolmentEvent.UidChanged;
import dev.muster.observe.EnrolmentEvent.UsedDocumentsChanged;
import dev.muster.observe.Enrolments;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * The enrolled devices, folded from the log. One thread writes; readers take no lock and see each enrolment whole. A
 * device costs a few hundred bytes and its key; one with a certificate costs the certificate's texts beside it, a few
 * KiB. The revision is the position of the last event that changed something.
 */
public final class EnrolmentIndex implements Fold, Enrolments {

    private static final int AUTHORITIES_SHARED_MAX = 256;

    private final ConcurrentHashMap<DeviceId, Cell> byDevice = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Uid, Cell> byUid = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, Cell> inOrder = new ConcurrentSkipListMap<>();
    private final UsePool pool = new UsePool();
    private final AtomicIntegerArray certificates = new AtomicIntegerArray(CertificateStatus.values().length);
    /** Many certificates name one authority, whose text is as long as theirs. */
    private final Map<String, String> authorities = new HashMap<>();

    private volatile long revision = -1;

    /** The place of one enrolment in all three maps. */
    private static final class Cell {
        private volatile EnrolmentState state;

        private Cell(EnrolmentState state) {
            this.state = state;
        }
    }

    @Override
    public String name() {
        return "enrolments";
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case EnrolmentEvent event -> {
                change(event, recorded);
                revision = recorded.position();
            }
            case DocumentPublished event ->
                pool.published(event.kind(), new DocumentRef(event.documentId(), event.uid()), recorded.position());
            case DocumentRemoved event -> {
                if (pool.removed(event.documentId())) {
                    revision = recorded.position();
                }
            }
            default -> {}
        }
    }

    private void change(EnrolmentEvent event, Recorded recorded) {
        if (event instanceof DeviceEnrolled enrolled) {
            end(enrolled.deviceId());
            enrol(enrolled, recorded);
            return;
        }
        Cell cell = byDevice.get(event.deviceId());
        if (cell == null) {
            return;
        }
        EnrolmentState state = cell.state;
        long version = recorded.sequence();
        switch (event) {
            case UidChanged e -> {
                cell.state = state.withUid(shared(e.uid(), e.deviceId()), version);
                byUid.put(e.uid(), cell);
                byUid.remove(state.uid(), cell);
            }
            case ObservedAddressChanged e -> cell.state = state.withAddress(e.address(), version);
            case PublicKeyChanged e -> cell.state = state.withPublicKey(e.publicKey(), version);
            case UsedDocumentsChanged e ->
                cell.state = state.withUses(pool.changed(state.uses(), e.kind(), e.documents()), version);
            case CertificateRequested e -> certified(cell, requested(state, e, recorded.at()), version);
            case CertificateDecided e -> certified(cell, decided(state, e, recorded.at()), version);
            case EnrolmentEnded e -> end(e.deviceId());
            case DeviceEnrolled e -> {}
        }
    }

    private void enrol(DeviceEnrolled event, Recorded recorded) {
        Uid uid = shared(event.uid(), event.deviceId());
        Cell cell = new Cell(new EnrolmentState(
                event.deviceId(),
                uid,
                recorded.position(),
                recorded.at(),
                event.address(),
                event.publicKey(),
                pool.joined(event.uses()),
                null,
                recorded.sequence()));
        byDevice.put(event.deviceId(), cell);
        byUid.put(uid, cell);
        inOrder.put(recorded.position(), cell);
    }

    private void end(DeviceId deviceId) {
        Cell cell = byDevice.remove(deviceId);
        if (cell != null) {
            EnrolmentState state = cell.state;
            inOrder.remove(state.position());
            byUid.remove(state.uid(), cell);
            pool.left(state.uses());
            count(state.certificate(), -1);
        }
    }

    private void certified(Cell cell, Certificate certificate, long version) {
        count(cell.state.certificate(), -1);
        count(certificate, 1);
        cell.state = cell.state.withCertificate(certificate, version);
    }

    private void count(@Nullable Certificate certificate, int more) {
        if (certificate != null) {
            certificates.addAndGet(certificate.status().ordinal(), more);
        }
    }

    /** A new request voids what came of the one before. */
    private static Certificate requested(EnrolmentState state, CertificateRequested event, Instant at) {
        Certificate before = state.certificate();
        return new Certificate(
                event.csr(), CertificateStatus.PENDING, "", "", "", before == null ? at : before.createdAt(), at);
    }

    private Certificate decided(EnrolmentState state, CertificateDecided event, Instant at) {
        Certificate before = state.certificate();
        if (authorities.size() > AUTHORITIES_SHARED_MAX) {
            authorities.clear();
        }
        return new Certificate(
                before == null ? "" : before.csr(),
                event.status(),
                event.certificate(),
                authorities.computeIfAbsent(event.ca(), ca -> ca),
                event.chain(),
                before == null ? at : before.createdAt(),
                at);
    }

    /** Most devices go by their id: then its text is kept once. */
    private static Uid shared(Uid uid, DeviceId deviceId) {
        return uid.value().equals(deviceId.value()) ? new Uid(deviceId.value()) : uid;
    }

    @Override
    public @Nullable Enrolment find(Uid uid) {
        Cell cell = byUid.get(uid);
        if (cell == null) {
            return null;
        }
        EnrolmentState state = cell.state;
        return state.uid().equals(uid) ? state.view() : null;
    }

    @Override
    public @Nullable Enrolment of(DeviceId deviceId) {
        Cell cell = byDevice.get(deviceId);
        return cell == null ? null : cell.state.view();
    }

    @Override
    public Collection<Enrolment> all() {
        return views(inOrder.values());
    }

    /** Those enrolled after a position, in the order of enrolment. */
    public Collection<Enrolment> after(long position) {
        return views(inOrder.tailMap(position, false).values());
    }

    @Override
    public int size() {
        return byDevice.size();
    }

    @Override
    public long revision() {
        return revision;
    }

    /** How many devices use a document. */
    public int users(DocumentId id) {
        return pool.users(id);
    }

    /** How many certificates stand so. */
    public int certificates(CertificateStatus status) {
        return certificates.get(status.ordinal());
    }

    /** Made while they are looked at, so that a list of all costs no second list. */
    private static Collection<Enrolment> views(Collection<Cell> cells) {
        return new AbstractCollection<>() {
            @Override
            public Iterator<Enrolment> iterator() {
                return cells.stream().map(cell -> cell.state.view()).iterator();
            }

            @Override
            public int size() {
                return cells.size();
            }

            /** Of no known size: devices come while a stream is read, and one that was told its size then fails. */
            @Override
            public Spliterator<Enrolment> spliterator() {
                return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL);
            }
        };
    }
}
