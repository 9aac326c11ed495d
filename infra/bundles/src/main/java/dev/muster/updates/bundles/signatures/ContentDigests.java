package dev.muster.updates.bundles.signatures;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;

/** The digests of what a signature is about, each computed when it is asked for. */
public interface ContentDigests {

    /** The digests that may be signed, by their number; all others are too weak, or unknown to those who make bundles. */
    Map<String, String> ALGORITHMS = Map.of(
            NISTObjectIdentifiers.id_sha256.getId(), "SHA-256",
            NISTObjectIdentifiers.id_sha384.getId(), "SHA-384",
            NISTObjectIdentifiers.id_sha512.getId(), "SHA-512");

    /** @param algorithm one of the values of {@link #ALGORITHMS} */
    byte[] of(String algorithm) throws IOException;

    /** Of content in memory. */
    static ContentDigests over(byte[] content) {
        return algorithm -> digest(algorithm).digest(content);
    }

    /** A fresh digest. */
    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
