package dev.muster.observe;

import dev.muster.kernel.AggregateCommand;
import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a device's enrolment for observation. */
public sealed interface EnrolmentCommand extends AggregateCommand {

    DeviceId deviceId();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "enrolment/" + deviceId();
    }

    /**
     * Enrols a device under a uid that nobody else has; that was settled before. Refused with
     * {@link ObserveRefusal#UID_TAKEN} when the device is enrolled already.
     *
     * @param address IPv4 or IPv6 in normal form
     * @param publicKey SSH public key, empty for none
     * @param uses the documents it uses, by kind; a kind that is missing has none
     */
    record EnrolDevice(
            DeviceId deviceId, Uid uid, String address, String publicKey, Map<DocumentKind, List<DocumentRef>> uses)
            implements EnrolmentCommand {}

    /** Changes what is given; null, or a kind that is missing, leaves a part alone. Answers {@code true} if anything changed. */
    record ChangeEnrolment(
            DeviceId deviceId,
            @Nullable Uid uid,
            @Nullable String address,
            @Nullable String publicKey,
            Map<DocumentKind, List<DocumentRef>> uses,
            @Nullable Long expectedVersion)
            implements EnrolmentCommand {}

    /** The device is observed no longer; its certificate goes with its enrolment. */
    record EndEnrolment(DeviceId deviceId, @Nullable Long expectedVersion) implements EnrolmentCommand {}

    /** Asks for a certificate; an earlier one and an earlier request are void. {@code csr} in PEM. */
    record RequestCertificate(DeviceId deviceId, String csr) implements EnrolmentCommand {}

    /**
     * A signer's word on the request; null leaves a part alone. A version guards against a request that was replaced
     * while the signer worked.
     */
    record DecideCertificate(
            DeviceId deviceId,
            @Nullable CertificateStatus status,
            @Nullable String certificate,
            @Nullable String ca,
            @Nullable String chain,
            @Nullable Long expectedVersion)
            implements EnrolmentCommand {}
}
