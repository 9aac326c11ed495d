package dev.muster.observe.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.observe.CertificateStatus;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import dev.muster.observe.Enrolment;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An enrolled device as people see it.
 *
 * @param publicKey its SSH public key, empty for none
 * @param uses uids of the documents it uses, by kind, in the order the documents were made; every kind is there
 * @param certificate how its certificate stands, null when it never asked for one
 * @param version of the enrolment, for If-Match
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnrolmentView(
        DeviceId deviceId,
        Uid uid,
        String address,
        String publicKey,
        Map<String, List<Uid>> uses,
        @Nullable CertificateStatus certificate,
        Instant enrolledAt,
        long version) {

    static EnrolmentView of(Enrolment enrolment) {
        Map<String, List<Uid>> uses = new LinkedHashMap<>();
        for (DocumentKind kind : DocumentKind.values()) {
            uses.put(
                    kind.wireName(),
                    enrolment.uses().getOrDefault(kind, List.of()).stream()
                            .map(DocumentRef::uid)
                            .toList());
        }
        return new EnrolmentView(
                enrolment.deviceId(),
                enrolment.uid(),
                enrolment.address(),
                enrolment.publicKey(),
                uses,
                enrolment.certificate() == null ? null : enrolment.certificate().status(),
                enrolment.enrolledAt(),
                enrolment.version());
    }
}
