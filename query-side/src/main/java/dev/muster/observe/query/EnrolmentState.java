package dev.muster.observe.query;

import dev.muster.observe.Enrolment;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the index keeps of an enrolment; never changed, only replaced as a whole. */
record EnrolmentState(
        DeviceId deviceId,
        Uid uid,
        long position,
        Instant enrolledAt,
        String address,
        String publicKey,
        UsePool.Uses uses,
        Enrolment.@Nullable Certificate certificate,
        long version) {

    Enrolment view() {
        return new Enrolment(
                deviceId, uid, position, enrolledAt, address, publicKey, uses.documents(), certificate, version);
    }

    EnrolmentState withUid(Uid uid, long version) {
        return new EnrolmentState(deviceId, uid, position, enrolledAt, address, publicKey, uses, certificate, version);
    }

    EnrolmentState withAddress(String address, long version) {
        return new EnrolmentState(deviceId, uid, position, enrolledAt, address, publicKey, uses, certificate, version);
    }

    EnrolmentState withPublicKey(String publicKey, long version) {
        return new EnrolmentState(deviceId, uid, position, enrolledAt, address, publicKey, uses, certificate, version);
    }

    EnrolmentState withUses(UsePool.Uses uses, long version) {
        return new EnrolmentState(deviceId, uid, position, enrolledAt, address, publicKey, uses, certificate, version);
    }

    EnrolmentState withCertificate(Enrolment.Certificate certificate, long version) {
        return new EnrolmentState(deviceId, uid, position, enrolledAt, address, publicKey, uses, certificate, version);
    }
}
