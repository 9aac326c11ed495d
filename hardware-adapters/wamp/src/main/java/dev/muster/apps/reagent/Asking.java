package dev.muster.apps.reagent;

import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.kernel.Provenance;
import dev.muster.registry.DeviceId;
import dev.muster.wamp.Invoked;
import java.util.Map;

/** An agent that asks the cloud something. Who it is, is said by its session alone. */
record Asking(AppAgent agent, Invoked call) {

    DeviceId device() {
        return agent.device();
    }

    /** The router's number of the session. */
    long session() {
        return call.caller();
    }

    /** The one argument; where it names a device or a project, they must be the agent's own. */
    Said own() {
        Said said = Said.of(call.payload().arg(0));
        if (said.keyOr("device_key", agent.key().value()) != agent.key().value()) {
            throw Answers.notYours("This is about another device.");
        }
        return said;
    }

    /** As {@link #own}, of an agent that knows where it belongs. */
    Said settled() {
        if (!call.callerAuthid().equals(agent.authid())) {
            throw Answers.notYours("The device is in another project now; sign in anew.");
        }
        Said said = own();
        if (said.keyOr("swarm_key", agent.project().value()) != agent.project().value()) {
            throw Answers.notYours("This is about another project.");
        }
        return said;
    }

    /** Whose word it is. */
    Map<String, String> provenance() {
        return provenance(device());
    }

    static Map<String, String> provenance(DeviceId device) {
        return Map.of(Provenance.ACTOR, "device:" + device);
    }
}
