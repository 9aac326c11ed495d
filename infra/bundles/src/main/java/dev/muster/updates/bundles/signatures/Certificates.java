package dev.muster.updates.bundles.signatures;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import org.bouncycastle.cert.X509CertificateHolder;

/** Certificates as the JDK knows them. */
final class Certificates {

    /** What the JDK's own RSA takes; a much larger key of a stranger would keep us busy for minutes. */
    private static final int RSA_BITS_MAX = 16_384;

    /** Smaller ones have been taken apart. */
    static final int RSA_BITS_MIN = 2048;

    private static final int SUBJECT_MAX = 256;

    private Certificates() {}

    static X509Certificate of(X509CertificateHolder certificate) throws IOException, CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.getEncoded()));
    }

    /** Whether a signature by this key may be tried at all. */
    static boolean hasUsableKey(X509Certificate certificate) {
        PublicKey key = certificate.getPublicKey();
        return (key instanceof RSAPublicKey rsa && isUsable(rsa.getModulus().bitLength()))
                || key instanceof ECPublicKey
                || key instanceof EdECPublicKey;
    }

    private static boolean isUsable(int bits) {
        return bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX;
    }

    /** Whether its issuer's signature is as good as one of content must be. */
    static boolean isWellIssued(X509Certificate certificate) {
        return SignatureMethods.isGood(certificate.getSigAlgOID(), certificate.getSigAlgParams());
    }

    /** The subject, for people. */
    static String subject(X509Certificate certificate) {
        String name = certificate.getSubjectX500Principal().getName().replaceAll("\\p{Cntrl}", "�");
        return name.length() <= SUBJECT_MAX ? name : name.substring(0, SUBJECT_MAX) + "…";
    }
}
