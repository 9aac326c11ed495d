package dev.muster.apps;

import dev.muster.registry.DeviceId;

/** What happened to a device's agent. */
public sealed interface AppAgentEvent {

    DeviceId device();

    /** The secret itself is outside the log, where it can be destroyed. */
    record AgentEnrolled(
            DeviceId device, ProjectKey project, AgentKey key, String serial, String secretId, long account)
            implements AppAgentEvent {}

    record AgentSecretRotated(DeviceId device, String secretId) implements AppAgentEvent {}

    record AgentMoved(DeviceId device, ProjectKey project) implements AppAgentEvent {}

    record EnrolmentEnded(DeviceId device) implements AppAgentEvent {}

    /** It is otherwise than it was, or says so in another session. */
    record AgentStatusChanged(DeviceId device, AgentStatus status, long session, boolean tunnelCapable)
            implements AppAgentEvent {}

    /** Its session ended and there is no later one. */
    record AgentDisconnected(DeviceId device, long session) implements AppAgentEvent {}

    record AgentSystemReported(DeviceId device, AgentSystem system) implements AppAgentEvent {}

    /** The identifier of this history. */
    static String aggregateId(DeviceId device) {
        return "app-agent/" + device;
    }
}
