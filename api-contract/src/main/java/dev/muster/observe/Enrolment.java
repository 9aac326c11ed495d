package dev.muster.observe;

import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An enrolled device as it is now.
 *
 * @param position where in the log it was enrolled: the order of lists
 * @param enrolledAt when that was
 * @param uses the documents that exist, by kind, in the order the documents were made; every kind has an entry
 * @param certificate null when none was ever asked for
 * @param version of the enrolment, for If-Match
 */
public record Enrolment(
        DeviceId deviceId,
        Uid uid,
        long position,
        Instant enrolledAt,
        String address,
        String publicKey,
        Map<DocumentKind, List<DocumentRef>> uses,
        @Nullable Certificate certificate,
        long version) {

    /**
     * What an ETag of it says: the version, and how many documents it uses. The removal of one changes what is told of
     * the device without an event of its own; it can only make the lists shorter.
     */
    public String tag() {
        return version + "-" + uses.values().stream().mapToInt(List::size).sum();
    }

    /**
     * @param csr the request, in PEM, trimmed
     * @param createdAt of the first request of this enrolment
     * @param updatedAt of the last request or word
     */
    public record Certificate(
            String csr,
            CertificateStatus status,
            String certificate,
            String ca,
            String chain,
            Instant createdAt,
            Instant updatedAt) {}
}
