package dev.muster.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who works on which segment. Claims live in memory: the directory belongs to one process, and with the process its
 * claims end. Guarded by the token store that uses it.
 */
final class TokenClaims {

    /** Held by an owner until it is not renewed any more. */
    private record Claim(String owner, Instant renewed) {}

    private final Map<String, Claim> claims = new HashMap<>();

    synchronized boolean claim(String segment, String owner, Instant now, Duration timeout) {
        if (heldByOther(segment, owner, now, timeout)) {
            return false;
        }
        claims.put(segment, new Claim(owner, now));
        return true;
    }

    synchronized boolean heldByOther(String segment, String owner, Instant now, Duration timeout) {
        Claim claim = claims.get(segment);
        return claim != null
                && !claim.owner().equals(owner)
                && !claim.renewed().plus(timeout).isBefore(now);
    }

    synchronized boolean heldBy(String segment, String owner) {
        @Nullable Claim claim = claims.get(segment);
        return claim != null && claim.owner().equals(owner);
    }

    synchronized void release(String segment, String owner) {
        if (heldBy(segment, owner)) {
            claims.remove(segment);
        }
    }
}
