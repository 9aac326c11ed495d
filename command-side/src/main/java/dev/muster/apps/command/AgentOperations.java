package dev.muster.apps.command;

import dev.muster.apps.AgentAudit;
import dev.muster.apps.AgentAuditEvent.AgentCalled;
import dev.muster.apps.AgentLink;
import dev.muster.apps.AgentLink.Answer;
import dev.muster.apps.AppAgents;
import dev.muster.identity.Caller;
import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Calls to agents on behalf of people. What changes a device, or could, is on record before it is called: then it is known
 * who did it, whatever the device makes of it.
 */
public final class AgentOperations {

    private final AppAgents agents;
    private final AgentLink link;
    private final AgentAudit audit;

    public AgentOperations(AppAgents agents, AgentLink link, AgentAudit audit) {
        this.agents = agents;
        this.link = link;
        this.audit = audit;
    }

    /** Asks something that changes nothing. */
    public Mono<Answer> ask(DeviceId device, String procedure, List<?> args) {
        return Caller.current().flatMap(caller -> {
            agents.needed(device);
            return link.call(device, procedure, args, Map.of(), caller);
        });
    }

    /** @param detail what about, for the record; without secrets */
    public Mono<Answer> order(DeviceId device, String procedure, List<?> args, @Nullable String detail) {
        return Caller.current().flatMap(caller -> {
            agents.needed(device);
            return audit.note(AgentCalled.of(device, procedure, detail))
                    .then(Mono.defer(() -> link.call(device, procedure, args, Map.of(), caller)));
        });
    }
}
