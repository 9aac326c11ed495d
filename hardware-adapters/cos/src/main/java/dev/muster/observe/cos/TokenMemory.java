package dev.muster.observe.cos;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which token an address showed last. The agent sends its token with GET and POST only (contract §11.1), so whoever
 * wants its updates and goodbyes without trusting a whole network lets the token of its earlier requests speak for
 * them. The token is asked again each time: a revoked one speaks for nobody.
 */
final class TokenMemory {

    private static final int ADDRESSES_MAX = 10_000;

    private final Duration kept;
    private final Clock clock;
    private final Map<InetAddress, Shown> shown = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Shown> eldest) {
            return size() > ADDRESSES_MAX;
        }
    };

    private record Shown(String token, Instant until) {}

    TokenMemory(Duration kept, Clock clock) {
        this.kept = kept;
        this.clock = clock;
    }

    void note(InetAddress address, String token) {
        if (!kept.isPositive()) {
            return;
        }
        Instant until = clock.instant().plus(kept);
        synchronized (shown) {
            shown.put(address, new Shown(token, until));
        }
    }

    @Nullable
    String of(InetAddress address) {
        if (!kept.isPositive()) {
            return null;
        }
        Instant now = clock.instant();
        synchronized (shown) {
            Shown known = shown.get(address);
            if (known == null || now.isBefore(known.until)) {
                return known == null ? null : known.token;
            }
            shown.remove(address);
            return null;
        }
    }
}
