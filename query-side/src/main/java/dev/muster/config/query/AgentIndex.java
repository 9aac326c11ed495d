package dev.muster.config.query;

import dev.muster.config.Agent;
import dev.muster.config.AgentEvent;
import dev.muster.config.AgentEvent.AgentRegistered;
import dev.muster.config.AgentEvent.AgentRemoved;
import dev.muster.config.AgentEvent.ConfigReported;
import dev.muster.config.Agents;
import dev.muster.config.TargetEvent;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The agents of the configuration server, folded from the log. An agent is replaced as a whole, so readers take no lock.
 * Nearly all of them have what all should have: such a text is kept once.
 */
public final class AgentIndex implements Fold, Agents {

    /** Texts that are looked for to be shared. */
    private static final int SHARED_MAX = 256;

    private final Map<DeviceId, Agent> agents = new ConcurrentHashMap<>();
    /** Of the one thread that folds. */
    private final Map<String, String> shared = new HashMap<>();

    @Override
    public String name() {
        return "agents";
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case AgentEvent event -> change(event);
            // Its agent is about to be removed; until then its polls must not be heard, for nobody is there to be
            // silent.
            case DeviceDecommissioned event -> agents.remove(event.deviceId());
            // From now on agents report another text; those before it are few and far between.
            case TargetEvent ignored -> shared.clear();
            default -> {}
        }
    }

    private void change(AgentEvent event) {
        switch (event) {
            case AgentRegistered e ->
                agents.put(
                        e.deviceId(),
                        new Agent(
                                e.deviceId(),
                                e.registered(),
                                e.ipAddress(),
                                e.publicKey(),
                                e.arch(),
                                Agents.NOTHING,
                                1));
            case ConfigReported e ->
                agents.computeIfPresent(
                        e.deviceId(),
                        (id, agent) -> new Agent(
                                id,
                                agent.registered(),
                                agent.ipAddress(),
                                agent.publicKey(),
                                agent.arch(),
                                shared(e.config()),
                                e.version()));
            case AgentRemoved e -> agents.remove(e.deviceId());
        }
    }

    private String shared(String config) {
        String known = shared.get(config);
        if (known != null) {
            return known;
        }
        if (shared.size() >= SHARED_MAX) {
            shared.clear();
        }
        shared.put(config, config);
        return config;
    }

    @Override
    public @Nullable Agent find(DeviceId id) {
        return agents.get(id);
    }

    @Override
    public int size() {
        return agents.size();
    }
}
