package dev.muster.config.seals;

import dev.muster.config.Seals;
import dev.muster.kernel.Vault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM with one key for each owner. The keys lie in the vault, which forgets for good; none is kept in memory,
 * so destroying one takes effect with the next opening, on every thread.
 */
public final class VaultSeals implements Seals {

    /** What the names of keys in the vault begin with. */
    public static final String PREFIX = "config-key/";

    private static final String VERSION = "1.";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Vault vault;
    private final SecureRandom random = new SecureRandom();

    public VaultSeals(Vault vault) {
        this.vault = vault;
    }

    @Override
    public String seal(String owner, String place, String clear) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keyFor(owner), nonce, owner, place);
            byte[] text = cipher.doFinal(clear.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = ByteBuffer.allocate(NONCE_BYTES + text.length)
                    .put(nonce)
                    .put(text)
                    .array();
            return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    @Override
    public Optional<String> open(String owner, String place, String sealed) {
        byte[] key = vault.get(PREFIX + owner).orElse(null);
        byte[] bytes = decoded(sealed);
        if (key == null || bytes == null) {
            return Optional.empty();
        }
        try {
            byte[] nonce = java.util.Arrays.copyOf(bytes, NONCE_BYTES);
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, owner, place);
            byte[] clear = cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return Optional.of(new String(clear, StandardCharsets.UTF_8));
        } catch (AEADBadTagException e) {
            // Sealed with a key that was destroyed since, or for another place.
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("opening failed", e);
        }
    }

    @Override
    public boolean hasKey(String owner) {
        return vault.get(PREFIX + owner).isPresent();
    }

    @Override
    public synchronized void destroy(String owner) {
        vault.delete(PREFIX + owner);
    }

    /** One at a time: two first secrets of one owner must not make two keys. */
    private synchronized byte[] keyFor(String owner) {
        return vault.get(PREFIX + owner).orElseGet(() -> {
            byte[] key = new byte[KEY_BYTES];
            random.nextBytes(key);
            vault.put(PREFIX + owner, key);
            return key;
        });
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, String owner, String place)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((owner + "\n" + place).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte @Nullable [] decoded(String sealed) {
        if (!sealed.startsWith(VERSION)) {
            return null;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(sealed.substring(VERSION.length()));
            return bytes.length < NONCE_BYTES + TAG_BITS / 8 ? null : bytes;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
