package dev.muster.config;

import dev.muster.registry.DeviceId;

/** What happened to an agent of the configuration server. */
public sealed interface AgentEvent {

    DeviceId deviceId();

    /** @param registered seconds since the epoch */
    record AgentRegistered(DeviceId deviceId, long registered, String ipAddress, String publicKey, String arch)
            implements AgentEvent {}

    /**
     * The agent has another configuration than it had.
     *
     * @param version counts what happened to the agent; its registration is 1
     * @param config a JSON object, as it was written
     */
    record ConfigReported(DeviceId deviceId, long version, String config) implements AgentEvent {}

    record AgentRemoved(DeviceId deviceId) implements AgentEvent {}
}
