package dev.muster.updates.bundles.signatures;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** Bare RSA signatures with SHA-256, as {@code openssl dgst -sign} makes them: PKCS#1 1.5, or PSS. */
final class RawRsa {

    private static final int SHA256_SIZE = 32;

    private RawRsa() {}

    static boolean isBy(RSAPublicKey key, byte[] signature, byte[] text) {
        int bits = key.getModulus().bitLength();
        if (signature.length != (bits + Byte.SIZE - 1) / Byte.SIZE) {
            return false;
        }
        // openssl's salt is as long as the key lets it be unless told otherwise, and as long as the digest by habit.
        int saltMax = (bits - 1 + Byte.SIZE - 1) / Byte.SIZE - SHA256_SIZE - 2;
        return isPkcs1(key, signature, text)
                || isPss(key, signature, text, SHA256_SIZE)
                || (saltMax > 0 && isPss(key, signature, text, saltMax));
    }

    private static boolean isPkcs1(RSAPublicKey key, byte[] signature, byte[] text) {
        try {
            return verifies(Signature.getInstance("SHA256withRSA"), key, signature, text);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isPss(RSAPublicKey key, byte[] signature, byte[] text, int salt) {
        try {
            Signature pss = Signature.getInstance("RSASSA-PSS");
            pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt, 1));
            return verifies(pss, key, signature, text);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean verifies(Signature verifier, RSAPublicKey key, byte[] signature, byte[] text)
            throws GeneralSecurityException {
        verifier.initVerify(key);
        verifier.update(text);
        return verifier.verify(signature);
    }
}
