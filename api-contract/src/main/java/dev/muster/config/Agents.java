package dev.muster.config;

import dev.muster.registry.DeviceId;
import org.jspecify.annotations.Nullable;

/** All agents of the configuration server, in memory on each node, folded from the log. */
public interface Agents {

    /** What an agent has that has said nothing yet. */
    String NOTHING = "{}";

    @Nullable
    Agent find(DeviceId id);

    int size();
}
