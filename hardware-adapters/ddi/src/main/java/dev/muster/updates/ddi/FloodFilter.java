package dev.muster.updates.ddi;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one client address from drowning the others: so many reads and writes a second, then 429; none at all for the
 * black-listed. A claimed address ({@code X-Forwarded-For}) counts beside the peer's own and never instead of it, so
 * a claim can cost but cannot buy anything. Source: contract §16.
 */
final class FloodFilter {

    private static final int ADDRESSES_MAX = 65_536;
    private static final long WINDOW_MILLIS = 1000;
    private static final int COUNT_BITS = 20;

    private final AddressRanges exempt;
    private final AddressRanges blackList;
    private final AddressRanges proxies;
    private final Meter reads;
    private final Meter writes;

    FloodFilter(DdiSettings settings) {
        exempt = new AddressRanges(settings.exempt());
        blackList = new AddressRanges(settings.blackList());
        proxies = new AddressRanges(settings.trustedProxies());
        reads = new Meter(settings.readsPerSecond());
        writes = new Meter(settings.writesPerSecond());
    }

    enum Verdict {
        PASS,
        FLOODED,
        BLACK_LISTED
    }

    Verdict judge(@Nullable InetAddress peer, @Nullable InetAddress claimed, boolean read, long nowMillis) {
        if (!blackList.isEmpty() && (blackList.contains(peer) || blackList.contains(claimed))) {
            return Verdict.BLACK_LISTED;
        }
        Meter meter = read ? reads : writes;
        boolean peerPasses = proxies.contains(peer) || passes(meter, peer, nowMillis);
        return peerPasses && (claimed == null || passes(meter, claimed, nowMillis)) ? Verdict.PASS : Verdict.FLOODED;
    }

    private boolean passes(Meter meter, @Nullable InetAddress address, long now) {
        return address == null || exempt.contains(address) || meter.take(address, now);
    }

    /** A bucket per address, filled anew each second: start of the second in the high bits, takings in the low. */
    private static final class Meter {

        private final int perSecond;
        private final Map<InetAddress, AtomicLong> buckets = new ConcurrentHashMap<>();

        Meter(int perSecond) {
            this.perSecond = Math.min(perSecond, (1 << COUNT_BITS) - 1);
        }

        boolean take(InetAddress address, long now) {
            if (perSecond <= 0) {
                return true;
            }
            AtomicLong bucket = buckets.get(address);
            if (bucket == null) {
                makeRoom(now);
                bucket = buckets.computeIfAbsent(address, a -> new AtomicLong(now << COUNT_BITS));
            }
            while (true) {
                long seen = bucket.get();
                long start = seen >>> COUNT_BITS;
                boolean fresh = now - start >= WINDOW_MILLIS || now < start;
                long taken = fresh ? 0 : seen & ((1 << COUNT_BITS) - 1);
                if (taken >= perSecond) {
                    return false;
                }
                if (bucket.compareAndSet(seen, (fresh ? now : start) << COUNT_BITS | (taken + 1))) {
                    return true;
                }
            }
        }

        /** Full buckets are worth nothing, so they go first; if all are in use, all begin anew. */
        private void makeRoom(long now) {
            if (buckets.size() < ADDRESSES_MAX) {
                return;
            }
            buckets.values().removeIf(bucket -> now - (bucket.get() >>> COUNT_BITS) >= WINDOW_MILLIS);
            if (buckets.size() >= ADDRESSES_MAX) {
                buckets.clear();
            }
        }
    }
}
