package dev.muster.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.kernel.Ids;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps answers from being read by whoever reads the disk: an answer may hold a secret shown once, such as a token. The
 * store's key is a digest of caller and idempotency key, the cipher's key another one, so only who repeats the request
 * opens the answer. It is as strong as the caller's key is hard to guess; clients send UUIDs.
 */
final class KeySeal {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final String name;
    private final SecretKeySpec key;

    private KeySeal(String name, SecretKeySpec key) {
        this.name = name;
        this.key = key;
    }

    static KeySeal of(String actor, String idempotencyKey) {
        String both = actor + '\n' + idempotencyKey;
        return new KeySeal(
                Ids.digest("answer name\n" + both), new SecretKeySpec(sha256("answer seal\n" + both), "AES"));
    }

    /** What the store knows it by. */
    String name() {
        return name;
    }

    byte[] sealed(byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain);
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** Empty when these bytes were not sealed with this key. */
    Optional<byte[]> opened(byte[] sealed) {
        if (sealed.length < NONCE_BYTES) {
            return Optional.empty();
        }
        try {
            byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, nonce).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
