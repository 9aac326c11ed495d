package dev.muster.server.wiring;

import dev.muster.kernel.EventNames;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.server.StoredNames;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many events of each kind this node has seen since it started, for metrics. */
final class EventCounts implements Fold {

    private final EventNames names = StoredNames.ALL;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final LongAdder all = new LongAdder();

    @Override
    public String name() {
        return "event-counts";
    }

    @Override
    public void apply(Recorded recorded) {
        all.increment();
        String name = names.name(recorded.event().getClass());
        if (name != null) {
            counts.computeIfAbsent(name, n -> new LongAdder()).increment();
        }
    }

    long all() {
        return all.sum();
    }

    Map<String, LongAdder> counts() {
        return counts;
    }
}
