package dev.muster.updates.ddi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Digests of the tokens that devices present. Devices present the same token with each poll, so a small lossy cache
 * spares most of the hashing; a slot is simply overwritten by whoever comes next.
 */
final class TokenDigests {

    /** Longer texts are no tokens. */
    static final int TOKEN_LENGTH_MAX = 512;

    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(TokenDigests::sha256);

    private final AtomicReferenceArray<@Nullable Known> slots;

    /** @param slotsMax a power of two */
    TokenDigests(int slotsMax) {
        slots = new AtomicReferenceArray<>(slotsMax);
    }

    private record Known(String token, Digest digest) {}

    Digest of(String token) {
        int hash = token.hashCode();
        int slot = (hash ^ hash >>> 16) & (slots.length() - 1);
        Known known = slots.get(slot);
        if (known != null && same(known.token, token)) {
            return known.digest;
        }
        Digest digest = Digest.of(SHA256.get().digest(token.getBytes(StandardCharsets.UTF_8)));
        slots.lazySet(slot, new Known(token, digest));
        return digest;
    }

    /** Compares without stopping at the first difference, because the cache holds other devices' secrets. */
    private static boolean same(String a, String b) {
        if (a.length() != b.length()) {
            return false;
        }
        int difference = 0;
        for (int i = 0; i < a.length(); i++) {
            difference |= a.charAt(i) ^ b.charAt(i);
        }
        return difference == 0;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
