package dev.muster.observe.command;

import dev.muster.observe.ObserveRefusal;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * What a certificate request must look like: PKCS #10 in PEM with a key worth signing. Who asks, and for which name, is
 * the signer's to judge; so is the request's own signature, as with COS.
 */
final class CertificateRequestRules {

    static final int LENGTH_MAX = 16_384;

    private static final int RSA_BITS_MIN = 2048;
    private static final int RSA_BITS_MAX = 16_384;

    private static final Set<ASN1ObjectIdentifier> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    /** The base64 may stand on one line, lines may end as they like, and there may be text around it. */
    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN ((?:NEW )?CERTIFICATE REQUEST)-----" + "([A-Za-z0-9+/=\\s]*+)" + "-----END \\1-----");

    private CertificateRequestRules() {}

    /** The request, trimmed as it is kept; refused with {@link ObserveRefusal#CSR_INVALID}. */
    static String aRequest(String pem) {
        String trimmed = pem.strip();
        if (trimmed.length() > LENGTH_MAX || EnrolmentRules.isUnwritable(trimmed)) {
            throw ObserveRefusal.CSR_INVALID.about(
                    "csr",
                    "The request is longer than " + LENGTH_MAX + " characters, or has some that cannot be written.");
        }
        if (EnrolmentRules.isPrivate(trimmed)) {
            throw ObserveRefusal.CSR_INVALID.about("csr", "There is a private key in it; keep it, and make a new one.");
        }
        Matcher block = BLOCK.matcher(trimmed);
        if (!block.find()) {
            throw ObserveRefusal.CSR_INVALID.about("csr", "There is no block CERTIFICATE REQUEST in PEM.");
        }
        aKeyWorthSigning(parsed(decoded(block.group(2))).getSubjectPublicKeyInfo());
        return trimmed;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw ObserveRefusal.CSR_INVALID.about("csr", "The block is not base64.");
        }
    }

    private static PKCS10CertificationRequest parsed(byte[] der) {
        try {
            return new PKCS10CertificationRequest(der);
        } catch (IOException | RuntimeException e) {
            throw ObserveRefusal.CSR_INVALID.about("csr", "The block is no PKCS #10 request.");
        }
    }

    private static void aKeyWorthSigning(SubjectPublicKeyInfo key) {
        ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
        boolean worthIt;
        try {
            if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
                worthIt = isStrong(RSAPublicKey.getInstance(key.parsePublicKey()));
            } else if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
                worthIt = key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve
                        && CURVES.contains(curve);
            } else {
                worthIt = algorithm.equals(EdECObjectIdentifiers.id_Ed25519)
                        || algorithm.equals(EdECObjectIdentifiers.id_Ed448);
            }
        } catch (IOException | RuntimeException e) {
            throw ObserveRefusal.CSR_INVALID.about("csr", "The key in the request cannot be read.");
        }
        if (!worthIt) {
            throw ObserveRefusal.CSR_INVALID.about(
                    "csr",
                    "The key is too weak or unknown; use RSA with 2048 bits or more, P-256, P-384, P-521 or Ed25519.");
        }
    }

    private static boolean isStrong(RSAPublicKey key) {
        BigInteger exponent = key.getPublicExponent();
        int bits = key.getModulus().bitLength();
        return bits >= RSA_BITS_MIN
                && bits <= RSA_BITS_MAX
                && key.getModulus().signum() > 0
                && exponent.compareTo(BigInteger.TWO) > 0
                && exponent.testBit(0);
    }
}
