package dev.muster.observe.command;

import dev.muster.observe.CertificateStatus;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import dev.muster.observe.EnrolmentCommand.ChangeEnrolment;
import dev.muster.observe.EnrolmentCommand.DecideCertificate;
import dev.muster.observe.EnrolmentCommand.EnrolDevice;
import dev.muster.observe.EnrolmentCommand.RequestCertificate;
import dev.muster.observe.EnrolmentEvent;
import dev.muster.observe.EnrolmentEvent.CertificateDecided;
import dev.muster.observe.EnrolmentEvent.CertificateRequested;
import dev.muster.observe.EnrolmentEvent.DeviceEnrolled;
import dev.muster.observe.EnrolmentEvent.ObservedAddressChanged;
import dev.muster.observe.EnrolmentEvent.PublicKeyChanged;
import dev.muster.observe.EnrolmentEvent.UidChanged;
import dev.muster.observe.EnrolmentEvent.UsedDocumentsChanged;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.command.EnrolmentState.Certificate;
import dev.muster.observe.command.EnrolmentState.Enrolled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What follows from a command about an enrolment: events, none, or a refusal. */
final class EnrolmentDecision {

    private EnrolmentDecision() {}

    static List<EnrolmentEvent> enrol(EnrolDevice c, EnrolmentState state) {
        EnrolmentRules.anAddress(c.address());
        EnrolmentRules.aPublicKey(c.publicKey());
        if (state instanceof Enrolled known) {
            throw ObserveRefusal.UID_TAKEN.because(
                    "The device '" + c.deviceId() + "' is enrolled as '" + known.uid() + "' already.");
        }
        return List.of(new DeviceEnrolled(c.deviceId(), c.uid(), c.address(), c.publicKey(), eachOnce(c.uses())));
    }

    static List<EnrolmentEvent> change(ChangeEnrolment c, Enrolled known) {
        List<EnrolmentEvent> events = new ArrayList<>();
        if (c.uid() != null && !c.uid().equals(known.uid())) {
            events.add(new UidChanged(c.deviceId(), c.uid(), known.uid()));
        }
        if (c.address() != null) {
            EnrolmentRules.anAddress(c.address());
            if (!c.address().equals(known.address())) {
                events.add(new ObservedAddressChanged(c.deviceId(), c.address()));
            }
        }
        if (c.publicKey() != null) {
            EnrolmentRules.aPublicKey(c.publicKey());
            if (!c.publicKey().equals(known.publicKey())) {
                events.add(new PublicKeyChanged(c.deviceId(), c.publicKey()));
            }
        }
        sorted(c.uses()).forEach((kind, given) -> {
            List<DocumentRef> documents = eachOnce(given);
            if (!ids(documents).equals(ids(known.uses(kind)))) {
                events.add(new UsedDocumentsChanged(c.deviceId(), kind, documents));
            }
        });
        return events;
    }

    static List<EnrolmentEvent> request(RequestCertificate c, Enrolled known) {
        String csr = CertificateRequestRules.aRequest(c.csr());
        return Certificate.pending(csr).equals(known.certificate())
                ? List.of()
                : List.of(new CertificateRequested(c.deviceId(), csr));
    }

    static List<EnrolmentEvent> decide(DecideCertificate c, Enrolled known) {
        Certificate before = known.certificate();
        if (before == null) {
            throw ObserveRefusal.CERTIFICATE_UNKNOWN.because(
                    "The device '" + c.deviceId() + "' has not asked for a certificate.");
        }
        if (c.certificate() != null) {
            notWithoutAVerdict(c.status());
        }
        Certificate after = new Certificate(
                before.csr(),
                c.status() == null ? before.status() : c.status(),
                c.certificate() == null
                        ? before.certificate()
                        : EnrolmentRules.aCertificate("certificate", c.certificate()),
                c.ca() == null ? before.ca() : EnrolmentRules.aCertificate("ca", c.ca()),
                c.chain() == null ? before.chain() : EnrolmentRules.aCertificate("chain", c.chain()));
        return after.equals(before)
                ? List.of()
                : List.of(new CertificateDecided(
                        c.deviceId(), after.status(), after.certificate(), after.ca(), after.chain()));
    }

    private static void notWithoutAVerdict(@Nullable CertificateStatus status) {
        if (status == null) {
            throw ObserveRefusal.CERTIFICATE_INVALID.about("status", "A certificate comes with a status.");
        }
        if (status == CertificateStatus.PENDING) {
            throw ObserveRefusal.CERTIFICATE_INVALID.about(
                    "status", "With a certificate the status is signed or denied.");
        }
    }

    /** Kinds in their own order, so that the same order makes the same history. */
    private static Map<DocumentKind, List<DocumentRef>> sorted(Map<DocumentKind, List<DocumentRef>> uses) {
        Map<DocumentKind, List<DocumentRef>> sorted = new EnumMap<>(DocumentKind.class);
        sorted.putAll(uses);
        return sorted;
    }

    private static Map<DocumentKind, List<DocumentRef>> eachOnce(Map<DocumentKind, List<DocumentRef>> uses) {
        Map<DocumentKind, List<DocumentRef>> once = sorted(uses);
        once.values().removeIf(List::isEmpty);
        once.replaceAll((kind, documents) -> eachOnce(documents));
        return Collections.unmodifiableMap(once);
    }

    private static List<DocumentRef> eachOnce(List<DocumentRef> documents) {
        return EnrolmentRules.someDocuments(documents.stream().distinct().toList());
    }

    private static Set<Object> ids(List<DocumentRef> documents) {
        return documents.stream().map(DocumentRef::id).collect(Collectors.toSet());
    }
}
