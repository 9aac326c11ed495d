package dev.muster.apps.reagent;

import dev.muster.apps.AppAgentEvent.AgentMoved;
import dev.muster.apps.AppAgentEvent.AgentSecretRotated;
import dev.muster.apps.AppAgentEvent.EnrolmentEnded;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.wamp.Router;

/**
 * Ends sessions that began as something that is no more: by a secret that was replaced, in a project that the device
 * has left, of an agent that may not sign in. Who still may comes back at once, and learns what is different. Before
 * this server has let anybody in there is nothing to end.
 *
 * <p>It is folded after what agents are recognised by: whoever comes in after a session was looked for here is known as
 * what they are now.
 */
final class AgentEvictions implements Fold {

    private final Router router;
    private final String realm;
    private final AppAgents agents;
    private final AgentPresence presence;
    private final TunnelPorts tunnels;

    AgentEvictions(Router router, String realm, AppAgents agents, AgentPresence presence, TunnelPorts tunnels) {
        this.router = router;
        this.realm = realm;
        this.agents = agents;
        this.presence = presence;
        this.tunnels = tunnels;
    }

    @Override
    public String name() {
        return "app-agent-evictions";
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case AgentMoved event -> evict(event.device(), "The device was moved to another project.");
            case AgentSecretRotated event -> evict(event.device(), "The device has another secret.");
            case EnrolmentEnded event -> {
                evict(event.device(), "The device may not sign in any more.");
                tunnels.release(event.device());
            }
            default -> {
                // Nothing else makes a session wrong.
            }
        }
    }

    private void evict(DeviceId device, String why) {
        AgentPresence.Live live = presence.of(device);
        AppAgent agent = agents.find(device);
        if (agent != null) {
            router.dismiss(realm, agent.serial(), why);
        }
        // One whose enrolment ended is known by its session alone; one that just comes in is met at the door.
        if (live != null && (agent == null || !agent.serial().equals(live.serial()))) {
            router.dismiss(realm, live.serial(), why);
        }
    }
}
