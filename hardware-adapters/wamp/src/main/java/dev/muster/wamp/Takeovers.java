package dev.muster.wamp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts how often a newer session of the same name ended an older one. An agent that reconnects leaves its old socket
 * open, so that is usual now and then; two devices with one secret do it to each other without end.
 */
final class Takeovers {

    private final int most;
    private final Duration window;
    /** When it happened, by name; the name that was not touched for the longest time comes first. */
    private final Map<String, Deque<Instant>> byAuthid = new LinkedHashMap<>();

    Takeovers(RouterSettings settings) {
        this.most = settings.takeoversMax();
        this.window = settings.takeoverWindow();
    }

    /** One more, unless there were too many already. */
    boolean takes(String authid, Instant now) {
        forget(now);
        Deque<Instant> known = byAuthid.remove(authid);
        Deque<Instant> times = known == null ? new ArrayDeque<>(2) : known;
        Instant begin = now.minus(window);
        while (!times.isEmpty() && !times.getFirst().isAfter(begin)) {
            times.removeFirst();
        }
        boolean isTaken = times.size() < most;
        if (isTaken) {
            times.addLast(now);
        }
        byAuthid.put(authid, times);
        return isTaken;
    }

    private void forget(Instant now) {
        Instant begin = now.minus(window);
        var oldest = byAuthid.values().iterator();
        while (oldest.hasNext()) {
            Deque<Instant> times = oldest.next();
            if (!times.isEmpty() && times.getLast().isAfter(begin)) {
                return;
            }
            oldest.remove();
        }
    }
}
