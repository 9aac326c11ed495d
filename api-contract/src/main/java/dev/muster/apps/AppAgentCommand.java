package dev.muster.apps;

import dev.muster.kernel.AggregateCommand;
import dev.muster.registry.DeviceId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a device's agent: the program that runs containers there. Secrets never are in an order. */
public sealed interface AppAgentCommand extends AggregateCommand {

    DeviceId device();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return AppAgentEvent.aggregateId(device());
    }

    /**
     * Lets a device's agent sign in. Refused with {@link AppsRefusal#AGENT_ENROLLED} when one may already; the very
     * same again changes nothing.
     *
     * @param serial what the agent is called by: UUID v4, no dots, for it becomes a part of topics
     * @param secretId of the secret in {@link AgentSecrets}
     * @param account of whoever enrols it: the owner of what it pulls
     */
    record EnrolAgent(DeviceId device, ProjectKey project, AgentKey key, String serial, String secretId, long account)
            implements AppAgentCommand {}

    /**
     * Only this secret proves the agent from now on.
     *
     * @param expectedSecretId the one that it replaces, or null for any
     */
    record RotateAgentSecret(
            DeviceId device, String secretId, @Nullable String expectedSecretId) implements AppAgentCommand {}

    /** Moves it to another project; the agent learns of it by itself and needs no new file. */
    record MoveAgent(DeviceId device, ProjectKey project) implements AppAgentCommand {}

    /** The agent may not sign in any more. Refused with {@link AppsRefusal#AGENT_UNKNOWN} when it may not already. */
    record EndEnrolment(DeviceId device) implements AppAgentCommand {}

    /**
     * A session of the agent says how it is. Only a change is an event: this comes every 30 seconds.
     *
     * @param status not {@link AgentStatus#NEVER_SEEN} and not {@link AgentStatus#DISCONNECTED}
     * @param session the router's id of the session
     */
    record ReportAgentStatus(DeviceId device, AgentStatus status, long session, boolean tunnelCapable)
            implements AppAgentCommand {}

    /**
     * A session ended. Means nothing when a later session has reported since: a late testament of an old one must not
     * put the device offline.
     */
    record NoteAgentGone(DeviceId device, long session) implements AppAgentCommand {}

    /** What the agent runs on. The same again is no event; parts that are too long are cut. */
    record ReportAgentSystem(DeviceId device, AgentSystem system) implements AppAgentCommand {}
}
