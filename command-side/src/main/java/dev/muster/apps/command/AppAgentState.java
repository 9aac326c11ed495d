package dev.muster.apps.command;

import dev.muster.apps.AgentStatus;
import dev.muster.apps.AgentSystem;
import dev.muster.apps.AppAgentEvent;
import dev.muster.apps.AppAgentEvent.AgentDisconnected;
import dev.muster.apps.AppAgentEvent.AgentEnrolled;
import dev.muster.apps.AppAgentEvent.AgentMoved;
import dev.muster.apps.AppAgentEvent.AgentSecretRotated;
import dev.muster.apps.AppAgentEvent.AgentStatusChanged;
import dev.muster.apps.AppAgentEvent.AgentSystemReported;
import dev.muster.apps.AppAgentEvent.EnrolmentEnded;
import dev.muster.apps.ProjectKey;
import org.jspecify.annotations.Nullable;

/**
 * What decisions about a device's agent need to know of its past.
 *
 * @param enrolled as it was first; null while it may not sign in
 * @param session that reported last, 0 for none
 */
record AppAgentState(
        @Nullable AgentEnrolled enrolled,
        @Nullable ProjectKey project,
        String secretId,
        AgentStatus status,
        long session,
        boolean tunnelCapable,
        AgentSystem system) {

    static final AppAgentState NONE =
            new AppAgentState(null, null, "", AgentStatus.NEVER_SEEN, 0, false, AgentSystem.UNKNOWN);

    AppAgentState after(AppAgentEvent event) {
        return switch (event) {
            case AgentEnrolled e ->
                new AppAgentState(e, e.project(), e.secretId(), AgentStatus.NEVER_SEEN, 0, false, AgentSystem.UNKNOWN);
            case AgentSecretRotated e ->
                new AppAgentState(enrolled, project, e.secretId(), status, session, tunnelCapable, system);
            case AgentMoved e ->
                new AppAgentState(enrolled, e.project(), secretId, status, session, tunnelCapable, system);
            case EnrolmentEnded ignored -> NONE;
            case AgentStatusChanged e ->
                new AppAgentState(enrolled, project, secretId, e.status(), e.session(), e.tunnelCapable(), system);
            case AgentDisconnected ignored ->
                new AppAgentState(
                        enrolled, project, secretId, AgentStatus.DISCONNECTED, session, tunnelCapable, system);
            case AgentSystemReported e ->
                new AppAgentState(enrolled, project, secretId, status, session, tunnelCapable, e.system());
        };
    }
}
