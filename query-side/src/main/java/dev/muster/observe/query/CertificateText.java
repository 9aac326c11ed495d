package dev.muster.observe.query;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can be read of a certificate that a signer sent. Signers may send anything, so nothing is a valid answer. */
public final class CertificateText {

    private CertificateText() {}

    /** When the first certificate in PEM ends, or null when there is none that can be read. */
    public static @Nullable Instant expiry(String pem) {
        if (pem.isBlank()) {
            return null;
        }
        try {
            byte[] bytes = pem.getBytes(StandardCharsets.UTF_8);
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return factory.generateCertificate(new ByteArrayInputStream(bytes)) instanceof X509Certificate certificate
                    ? certificate.getNotAfter().toInstant()
                    : null;
        } catch (CertificateException e) {
            return null;
        }
    }
}
