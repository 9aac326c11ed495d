package dev.muster.config.poc;

import dev.muster.registry.DeviceId;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the last poll of each agent came to, so that the same bytes again need not be read. Only a fingerprint of the
 * body is kept, some hundred bytes for each agent.
 *
 * <p>An entry says nothing by itself: it holds as long as the agent still has the version it had then, and the answer
 * in it as long as the target has. So it need not be told of changes, and losing it costs one reading.
 */
final class PollMemory {

    /** Entries beyond the agents there are, of agents that are gone, before all are forgotten. */
    private static final int SURPLUS_MAX = 10_000;

    private final ConcurrentHashMap<Fingerprint, Known> byBody = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<DeviceId, Fingerprint> bodies = new ConcurrentHashMap<>();

    /**
     * @param version of the agent, for which what the body says is what it has
     * @param target number of the target's version that it was compared with
     * @param same whether the agent has what that target says
     */
    record Known(DeviceId agent, long version, long target, boolean same) {}

    @Nullable
    Known find(Fingerprint body) {
        return byBody.get(body);
    }

    /**
     * One body for each agent: its last.
     *
     * @param agents how many there are
     */
    void remember(Fingerprint body, Known known, int agents) {
        if (byBody.size() > agents + SURPLUS_MAX) {
            byBody.clear();
            bodies.clear();
        }
        bodies.compute(known.agent(), (id, before) -> {
            if (before != null && !before.equals(body)) {
                byBody.remove(before);
            }
            byBody.put(body, known);
            return body;
        });
    }

    int size() {
        return byBody.size();
    }
}
