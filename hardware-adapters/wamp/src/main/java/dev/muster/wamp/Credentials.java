package dev.muster.wamp;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * By what somebody proves who they are.
 *
 * @param authrole what they may be addressed as
 * @param key of the signature, used as its UTF-8 bytes: the secret itself, or what salting made of it
 * @param salting how the client makes the key from its secret; null when the key is the secret
 * @param isAlone whether a new session ends older ones of the same subject, or of the same name where that is null
 * @param subject see {@link Identity#subject}
 * @param holds asked once more when it was proven, as that may be seconds later: a secret that was replaced meanwhile
 *     lets nobody in. From memory, on the router's thread
 */
public record Credentials(
        String authrole,
        String key,
        @Nullable Salting salting,
        boolean isAlone,
        @Nullable String subject,
        BooleanSupplier holds)
        implements Authenticator.Found {

    /** What holds for ever. */
    public Credentials(
            String authrole, String key, @Nullable Salting salting, boolean isAlone, @Nullable String subject) {
        this(authrole, key, salting, isAlone, subject, () -> true);
    }

    /**
     * How keys are derived: PBKDF2 with HMAC-SHA-256, then Base64.
     *
     * @param keyLength bytes before Base64
     */
    public record Salting(String salt, int iterations, int keyLength) {

        public Salting {
            if (iterations < 1 || keyLength < 1) {
                throw new IllegalArgumentException("Neither iterations nor a key's length can be less than one");
            }
        }
    }

    /** With a key that is made of a secret; takes as long as the iterations do. */
    public static Credentials salted(
            String authrole, String secret, Salting salting, boolean isAlone, @Nullable String subject) {
        return new Credentials(authrole, Wampcra.derivedKey(secret, salting), salting, isAlone, subject);
    }

    /** Without the key: this is written into logs. */
    @Override
    public String toString() {
        return "Credentials[" + authrole + ", " + subject + "]";
    }
}
