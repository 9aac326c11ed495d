package dev.muster.apps.reagent;

import dev.muster.apps.AppAgentEvent.AgentMoved;
import dev.muster.apps.AppAgentEvent.AgentSecretRotated;
import dev.muster.apps.AppAgentEvent.EnrolmentEnded;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.wamp.LocalSession;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends sessions that began as something that is no more: by a secret that was replaced, in a project that the device
 * has left, of an agent that may not sign in. Who still may comes back at once, and learns what is different. Before
 * this server has let anybody in there is nothing to end.
 */
final class AgentEvictions implements Fold {

    private static final Logger LOG = LoggerFactory.getLogger(AgentEvictions.class);

    private final LocalSession session;
    private final AgentPresence presence;
    private final TunnelPorts tunnels;

    AgentEvictions(LocalSession session, AgentPresence presence, TunnelPorts tunnels) {
        this.session = session;
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
        if (live != null) {
            var unused = session.call("wamp.session.kill", List.of(live.session()), Map.of("message", why))
                    .subscribe(done -> {}, failure -> LOG.debug("The session of {} is over already", device, failure));
        }
    }
}
