package dev.muster.updates.bundles.signatures;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/**
 * Whose signatures are good.
 *
 * @param certificates of signers themselves, and of those who issue certificates to signers
 * @param keys for signatures that come without certificates
 */
public record TrustedSigners(List<X509Certificate> certificates, List<NamedKey> keys) {

    public TrustedSigners {
        certificates = List.copyOf(certificates);
        keys = List.copyOf(keys);
    }

    /** @param name shown as the signer */
    public record NamedKey(String name, RSAPublicKey key) {}

    public static TrustedSigners nobody() {
        return new TrustedSigners(List.of(), List.of());
    }

    public boolean isEmpty() {
        return certificates.isEmpty() && keys.isEmpty();
    }
}
