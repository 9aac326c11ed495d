package dev.muster.observe;

import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.Map;

/** What happened to a device's enrolment. Keys and certificates here are public ones. */
public sealed interface EnrolmentEvent {

    DeviceId deviceId();

    record DeviceEnrolled(
            DeviceId deviceId, Uid uid, String address, String publicKey, Map<DocumentKind, List<DocumentRef>> uses)
            implements EnrolmentEvent {}

    /** The device goes by another uid from now on; it stays the same device. */
    record UidChanged(DeviceId deviceId, Uid uid, Uid before) implements EnrolmentEvent {}

    record ObservedAddressChanged(DeviceId deviceId, String address) implements EnrolmentEvent {}

    record PublicKeyChanged(DeviceId deviceId, String publicKey) implements EnrolmentEvent {}

    /** {@code documents} are all of this kind that the device uses after the change. */
    record UsedDocumentsChanged(DeviceId deviceId, DocumentKind kind, List<DocumentRef> documents)
            implements EnrolmentEvent {}

    record EnrolmentEnded(DeviceId deviceId, Uid uid) implements EnrolmentEvent {}

    record CertificateRequested(DeviceId deviceId, String csr) implements EnrolmentEvent {}

    /** The whole of it after the signer's word; texts are empty where there is none. */
    record CertificateDecided(DeviceId deviceId, CertificateStatus status, String certificate, String ca, String chain)
            implements EnrolmentEvent {}
}
