package dev.muster.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Identifiers: UUIDv7 (RFC 9562 §5.7, sortable by time) and digests. */
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern SPELLED = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Ids() {}

    public static UUID next(Clock clock) {
        long millis = clock.millis();
        long high = (millis << 16) | 0x7000L | (RANDOM.nextLong() & 0x0FFFL);
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** The id that a text from outside spells, with all its digits and dashes; null when it spells none. */
    public static @Nullable UUID read(String text) {
        return SPELLED.matcher(text).matches() ? UUID.fromString(text) : null;
    }

    /**
     * The id a request names by itself: the same caller with the same idempotency key means the same thing, so a
     * retry after an unknown outcome meets the aggregate that the first attempt may have made. UUIDv8 over SHA-256.
     */
    public static UUID named(String caller, String idempotencyKey) {
        byte[] digest = sha256((caller + '\n' + idempotencyKey).getBytes(StandardCharsets.UTF_8));
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            high = high << 8 | (digest[i] & 0xff);
            low = low << 8 | (digest[i + 8] & 0xff);
        }
        return new UUID(
                (high & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L, (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }

    /** Lower-case hex SHA-256 of a secret: what is kept of a 256-bit token. */
    public static String digest(String secret) {
        return HexFormat.of().formatHex(sha256(secret.getBytes(StandardCharsets.UTF_8)));
    }

    /** A fresh secret of 256 bits, 64 hex characters. */
    public static String secret() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
