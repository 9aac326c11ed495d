package dev.muster.identity.command;

import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.command.IdentitySettings.AttemptPace;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pace of log-ins: a token bucket for each user name and each address. A success gives its token back, so only
 * failures count. The least recent buckets are forgotten when there are too many; who sprays names to make the server
 * forget runs into the bucket of their address first.
 */
public final class Attempts {

    private record Bucket(double tokens, long at) {}

    private final AttemptPace pace;
    private final Clock clock;
    private final Map<String, Bucket> buckets;

    public Attempts(AttemptPace pace, Clock clock) {
        this.pace = pace;
        this.clock = clock;
        this.buckets = new LinkedHashMap<>(256, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > pace.remembered();
            }
        };
    }

    /** Takes one attempt for the name and the address, or refuses with {@link IdentityRefusal#TOO_MANY_ATTEMPTS}. */
    synchronized void take(String username, @Nullable String address) {
        long wait = Math.max(
                address == null ? 0 : missing("a " + address, pace.perAddress(), pace.pauseOfAddress()),
                missing("u " + People.folded(username), pace.perAccount(), pace.pauseOfAccount()));
        if (wait > 0) {
            throw IdentityRefusal.TOO_MANY_ATTEMPTS.because(
                    "There were too many attempts to sign in.", Map.of("retryAfterSeconds", wait / 1000 + 1));
        }
        change(username, address, -1);
    }

    /** The attempt was right; it does not count. */
    synchronized void giveBack(String username, @Nullable String address) {
        change(username, address, 1);
    }

    private void change(String username, @Nullable String address, int by) {
        if (address != null) {
            change("a " + address, pace.perAddress(), pace.pauseOfAddress(), by);
        }
        change("u " + People.folded(username), pace.perAccount(), pace.pauseOfAccount(), by);
    }

    private void change(String key, int size, Duration pause, int by) {
        buckets.put(key, new Bucket(Math.min(size, level(key, size, pause) + by), clock.millis()));
    }

    /** Milliseconds until the bucket holds a token, 0 when it does. */
    private long missing(String key, int size, Duration pause) {
        double level = level(key, size, pause);
        return level >= 1 ? 0 : (long) Math.ceil((1 - level) * pause.toMillis());
    }

    private double level(String key, int size, Duration pause) {
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            return size;
        }
        double refill = Math.max(0, clock.millis() - bucket.at()) / (double) pause.toMillis();
        return Math.min(size, bucket.tokens() + refill);
    }
}
