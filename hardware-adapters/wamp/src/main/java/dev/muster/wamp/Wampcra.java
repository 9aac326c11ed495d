package dev.muster.wamp;

import dev.muster.wamp.Credentials.Salting;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Proof of a secret by signing a challenge (WAMP §13.2). */
final class Wampcra {

    static final String METHOD = "wampcra";

    /** The one text that makes agents stop for good: it means that their file is wrong, and nothing else does. */
    static final String WRONG_SIGNATURE = "WAMP-CRA client signature is invalid";

    private static final String HMAC = "HmacSHA256";

    private Wampcra() {}

    /** The signature of a challenge exactly as it was sent. */
    static String signature(String key, String challenge) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC));
            return Base64.getEncoder().encodeToString(mac.doFinal(challenge.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes as long for a wrong signature as for the right one. */
    static boolean isSigned(String key, String challenge, String signature) {
        return MessageDigest.isEqual(
                signature(key, challenge).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }

    /** What a client with a salted secret signs with. */
    static String derivedKey(String secret, Salting salting) {
        PBEKeySpec spec = new PBEKeySpec(
                secret.toCharArray(),
                salting.salt().getBytes(StandardCharsets.UTF_8),
                salting.iterations(),
                salting.keyLength() * Byte.SIZE);
        try {
            byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            return Base64.getEncoder().encodeToString(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            spec.clearPassword();
        }
    }
}
