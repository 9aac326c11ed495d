package dev.muster.apps;

import reactor.core.publisher.Mono;

/** Notes in the log what is done on devices. */
@FunctionalInterface
public interface AgentAudit {

    /** Completes when it is durable; nothing is done before. With the provenance of the request at hand. */
    Mono<Void> note(AgentAuditEvent event);
}
