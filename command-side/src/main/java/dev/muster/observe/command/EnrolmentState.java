package dev.muster.observe.command;

import dev.muster.observe.CertificateStatus;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import dev.muster.observe.EnrolmentEvent;
import dev.muster.observe.EnrolmentEvent.CertificateDecided;
import dev.muster.observe.EnrolmentEvent.CertificateRequested;
import dev.muster.observe.EnrolmentEvent.DeviceEnrolled;
import dev.muster.observe.EnrolmentEvent.EnrolmentEnded;
import dev.muster.observe.EnrolmentEvent.ObservedAddressChanged;
import dev.muster.observe.EnrolmentEvent.PublicKeyChanged;
import dev.muster.observe.EnrolmentEvent.UidChanged;
import dev.muster.observe.EnrolmentEvent.UsedDocumentsChanged;
import dev.muster.observe.Uid;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What decisions about an enrolment need to know of its past. */
sealed interface EnrolmentState {

    EnrolmentState after(EnrolmentEvent event);

    /** Never enrolled, or the enrolment ended since. */
    record Absent() implements EnrolmentState {

        @Override
        public EnrolmentState after(EnrolmentEvent event) {
            return event instanceof DeviceEnrolled e
                    ? new Enrolled(e.uid(), e.address(), e.publicKey(), e.uses(), null)
                    : this;
        }
    }

    /** @param uses by kind; a kind without documents may be missing */
    record Enrolled(
            Uid uid,
            String address,
            String publicKey,
            Map<DocumentKind, List<DocumentRef>> uses,
            @Nullable Certificate certificate)
            implements EnrolmentState {

        List<DocumentRef> uses(DocumentKind kind) {
            return uses.getOrDefault(kind, List.of());
        }

        @Override
        public EnrolmentState after(EnrolmentEvent event) {
            return switch (event) {
                case DeviceEnrolled ignored -> this;
                case UidChanged e -> new Enrolled(e.uid(), address, publicKey, uses, certificate);
                case ObservedAddressChanged e -> new Enrolled(uid, e.address(), publicKey, uses, certificate);
                case PublicKeyChanged e -> new Enrolled(uid, address, e.publicKey(), uses, certificate);
                case UsedDocumentsChanged e ->
                    new Enrolled(uid, address, publicKey, with(e.kind(), e.documents()), certificate);
                case CertificateRequested e ->
                    new Enrolled(uid, address, publicKey, uses, Certificate.pending(e.csr()));
                case CertificateDecided e ->
                    certificate == null
                            ? this
                            : new Enrolled(
                                    uid,
                                    address,
                                    publicKey,
                                    uses,
                                    new Certificate(certificate.csr(), e.status(), e.certificate(), e.ca(), e.chain()));
                case EnrolmentEnded ignored -> new Absent();
            };
        }

        private Map<DocumentKind, List<DocumentRef>> with(DocumentKind kind, List<DocumentRef> documents) {
            Map<DocumentKind, List<DocumentRef>> after = new EnumMap<>(DocumentKind.class);
            after.putAll(uses);
            after.put(kind, documents);
            return after;
        }
    }

    /** A request with the signer's word on it; texts are empty where there is none. */
    record Certificate(String csr, CertificateStatus status, String certificate, String ca, String chain) {

        static Certificate pending(String csr) {
            return new Certificate(csr, CertificateStatus.PENDING, "", "", "");
        }
    }
}
