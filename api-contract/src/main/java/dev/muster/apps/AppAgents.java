package dev.muster.apps;

import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** All agents that may sign in, in memory on each node, folded from the log. */
public interface AppAgents {

    /** Null for a device that is not enrolled. */
    @Nullable
    AppAgent find(DeviceId device);

    /** As {@link #find}, refused with {@link AppsRefusal#AGENT_UNKNOWN}. */
    default AppAgent needed(DeviceId device) {
        AppAgent found = find(device);
        if (found == null) {
            throw AppsRefusal.AGENT_UNKNOWN.because("Device '" + device + "' has no agent.");
        }
        return found;
    }

    @Nullable
    AppAgent keyed(AgentKey key);

    @Nullable
    AppAgent withSerial(String serial);

    /** All of them by id of device; what it is made of may change while it is walked through. */
    Collection<AppAgent> all();

    Collection<AppAgent> in(ProjectKey project);

    /**
     * A device's agent.
     *
     * @param session the one it reported last, 0 for none yet
     * @param statusSince since when it is so, or when it was enrolled
     * @param version of its last event, from 1
     */
    record AppAgent(
            DeviceId device,
            ProjectKey project,
            AgentKey key,
            String serial,
            String secretId,
            long account,
            AgentStatus status,
            long session,
            boolean tunnelCapable,
            AgentSystem system,
            Instant enrolledAt,
            Instant statusSince,
            long version) {

        /** What it signs in as: {@code <project>-<key>}. */
        public String authid() {
            return project + "-" + key;
        }
    }
}
