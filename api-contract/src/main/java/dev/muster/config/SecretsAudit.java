package dev.muster.config;

import reactor.core.publisher.Mono;

/** Notes in the log what is done with secrets. */
public interface SecretsAudit {

    /** Completes when it is durable; whoever reads gets nothing before. With the provenance of the request at hand. */
    Mono<Void> note(SecretsEvent event);
}
