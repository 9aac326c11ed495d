package dev.muster.server.command;

import dev.muster.apps.AgentAudit;
import dev.muster.apps.AgentAuditEvent;
import dev.muster.apps.AgentAuditEvent.AgentCalled;
import dev.muster.apps.AgentAuditEvent.TerminalClosed;
import dev.muster.apps.AgentAuditEvent.TerminalOpened;
import dev.muster.identity.Caller;
import dev.muster.kernel.Provenance;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import reactor.core.publisher.Mono;

/**
 * What people do on devices through their agents leaves an entry in the log. It belongs to no aggregate: there is nothing
 * to decide, and a history that only grows would be read for each next entry.
 */
public final class AgentAuditRecorder implements AgentAudit {

    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private final EventStore events;
    private final Executor threads;

    public AgentAuditRecorder(EventStore events, Executor threads) {
        this.events = events;
        this.threads = threads;
    }

    @Override
    public Mono<Void> note(AgentAuditEvent event) {
        return Mono.deferContextual(context -> {
            Map<String, Object> metadata = new HashMap<>(context.<Caller>getOrEmpty(Caller.class)
                    .map(Caller::provenance)
                    .orElse(Map.of(Provenance.ACTOR, "system:server")));
            metadata.put(Provenance.COMMAND, command(event));
            return Mono.fromFuture(() -> published(event, metadata), true);
        });
    }

    /** Nobody ordered it over the bus; the audit names it all the same. */
    private static String command(AgentAuditEvent event) {
        return switch (event) {
            case AgentCalled called -> "apps.CallAgent/" + called.procedure();
            case TerminalOpened opened -> "apps.OpenTerminal";
            case TerminalClosed closed -> "apps.CloseTerminal";
        };
    }

    private CompletableFuture<Void> published(AgentAuditEvent event, Map<String, Object> metadata) {
        return CompletableFuture.runAsync(
                        () -> events.publish(List.of(new GenericEventMessage<>(event, metadata))), threads)
                .orTimeout(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }
}
