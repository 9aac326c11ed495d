package dev.muster.observe;

import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Changes to enrolments that concern more than one of them: a uid belongs to one device at a time. Such changes queue
 * per uid, so devices do not wait for each other; each sees what the one before it did. Answers come when the change is
 * durable and can be read.
 */
public interface EnrolmentOrders {

    /**
     * Enrols whoever goes by this uid: the device with that id if it is not enrolled yet, also when it is known from
     * elsewhere; else a new device. Fails with {@link ObserveRefusal#UID_TAKEN}.
     *
     * @param uses uids by kind; one that does not exist fails with {@link ObserveRefusal#DOCUMENT_UNKNOWN}, details
     *     {@code kind} and {@code uid}
     */
    Mono<Enrolment> enrol(
            Uid uid,
            String address,
            String publicKey,
            Map<DocumentKind, List<Uid>> uses,
            Map<String, String> provenance);

    /** The same for a device that is known by its id. */
    Mono<Enrolment> enrol(
            DeviceId deviceId,
            Uid uid,
            String address,
            String publicKey,
            Map<DocumentKind, List<Uid>> uses,
            Map<String, String> provenance);

    /** Changes what is given; null, or a kind that is missing, leaves a part alone. */
    Mono<Enrolment> change(
            DeviceId deviceId,
            @Nullable Uid uid,
            @Nullable String address,
            @Nullable String publicKey,
            Map<DocumentKind, List<Uid>> uses,
            @Nullable Long expectedVersion,
            Map<String, String> provenance);
}
