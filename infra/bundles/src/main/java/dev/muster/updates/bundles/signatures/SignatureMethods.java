package dev.muster.updates.bundles.signatures;

import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * Which ways of signing are good. A signature names two digests, that of what is signed and the one that it is made with;
 * a strong first one is worth nothing beside a broken second one.
 */
final class SignatureMethods {

    /** RFC 8410. */
    private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

    private static final ASN1ObjectIdentifier ED448 = new ASN1ObjectIdentifier("1.3.101.113");

    /** Those that name a digest of SHA-2, or have a good one built in. */
    private static final Set<ASN1ObjectIdentifier> GOOD = Set.of(
            PKCSObjectIdentifiers.sha256WithRSAEncryption,
            PKCSObjectIdentifiers.sha384WithRSAEncryption,
            PKCSObjectIdentifiers.sha512WithRSAEncryption,
            X9ObjectIdentifiers.ecdsa_with_SHA256,
            X9ObjectIdentifiers.ecdsa_with_SHA384,
            X9ObjectIdentifiers.ecdsa_with_SHA512,
            ED25519,
            ED448);

    /** Those that name a kind of key only; a signer's digest is then that of what is signed. */
    private static final Set<ASN1ObjectIdentifier> OF_A_KEY =
            Set.of(PKCSObjectIdentifiers.rsaEncryption, X9ObjectIdentifiers.id_ecPublicKey);

    private SignatureMethods() {}

    /** Of a signer whose digest of what is signed is a good one. */
    static boolean isGoodForContent(String method, byte @Nullable [] parameters) {
        return OF_A_KEY.contains(new ASN1ObjectIdentifier(method)) || isGood(method, parameters);
    }

    /**
     * Of a certificate, or of a signer.
     *
     * @param method its number, {@code 1.2.840…}
     * @param parameters in DER, null when there are none
     */
    static boolean isGood(String method, byte @Nullable [] parameters) {
        ASN1ObjectIdentifier number = new ASN1ObjectIdentifier(method);
        return number.equals(PKCSObjectIdentifiers.id_RSASSA_PSS) ? isGoodPss(parameters) : GOOD.contains(number);
    }

    /** Without parameters it is SHA-1. */
    private static boolean isGoodPss(byte @Nullable [] parameters) {
        try {
            RSASSAPSSparams pss = parameters == null ? null : RSASSAPSSparams.getInstance(parameters);
            return pss != null
                    && ContentDigests.ALGORITHMS.containsKey(
                            pss.getHashAlgorithm().getAlgorithm().getId());
        } catch (RuntimeException e) {
            // The parser has no word of its own for what is not as it expects.
            return false;
        }
    }
}
