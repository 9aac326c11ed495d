package dev.muster.apps.reagent;

import dev.muster.apps.AgentAuditEvent.TerminalClosed;
import dev.muster.apps.AgentAuditEvent.TerminalOpened;
import dev.muster.apps.AgentLink.TerminalSession;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.identity.Caller;
import dev.muster.registry.DeviceId;
import dev.muster.wamp.LocalSession;
import dev.muster.wamp.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Shells on devices and in containers. That somebody opens one is on record before it is open, and when it closes after
 * that. A shell of the device is its account's own: who opens it again meets the same, so closing it ends nothing
 * there.
 */
final class AgentTerminals {

    private static final Logger LOG = LoggerFactory.getLogger(AgentTerminals.class);
    private static final String ACCOUNT = "requestor_account_key";

    private final ReagentPorts ports;
    private final LocalSession session;
    private final AgentCalls calls;
    private final Duration callMax;
    private final Set<OpenTerminal> open = ConcurrentHashMap.newKeySet();

    AgentTerminals(ReagentPorts ports, LocalSession session, AgentCalls calls, Duration callMax) {
        this.ports = ports;
        this.session = session;
        this.calls = calls;
        this.callMax = callMax;
    }

    /** @param account the agent's number of whoever opens it */
    Mono<TerminalSession> open(AppAgent agent, @Nullable String container, long account, Caller caller) {
        String id = UUID.randomUUID().toString();
        if (container != null) {
            Containers.only(container);
        }
        Mono<OpenTerminal> opening = container == null
                ? shell(agent, id, account, caller)
                : inContainer(agent, container, id, account, caller);
        return ports.audit()
                .note(new TerminalOpened(agent.device(), container, id))
                .then(opening)
                .doOnNext(open::add)
                .<TerminalSession>map(terminal -> terminal)
                .onErrorResume(failure ->
                        noteClosed(agent.device(), container, id, caller).then(Mono.error(failure)))
                .contextWrite(context -> context.put(Caller.class, caller));
    }

    private Mono<OpenTerminal> shell(AppAgent agent, String id, long account, Caller caller) {
        return calls.ask(agent, "init_device_terminal", List.of(), Map.of(ACCOUNT, account), callMax)
                .map(answer -> TerminalTopics.of(agent, false, answer))
                .map(topics -> terminal(agent, null, id, topics, caller, Mono.empty()));
    }

    /**
     * Its agent ends a shell when the router says that a certain registration is gone: so there is one for each, which
     * goes with it, also when this server does.
     */
    private Mono<OpenTerminal> inContainer(AppAgent agent, String container, String id, long account, Caller caller) {
        Map<String, ?> as = Map.of(ACCOUNT, account);
        return calls.ask(agent, "request_terminal_session", List.of(Map.of("containerName", container)), as, callMax)
                .map(answer -> TerminalTopics.of(agent, true, answer))
                .flatMap(topics -> session.register(
                                "muster.terminal." + agent.serial() + "." + id, call -> Mono.just(Payload.NONE))
                        .flatMap(lifeline -> {
                            Mono<Void> ending = calls.ask(
                                            agent,
                                            "stop_terminal_session",
                                            List.of(Map.of("sessionID", topics.session())),
                                            as,
                                            callMax)
                                    .then()
                                    .onErrorComplete()
                                    .then(lifeline.withdraw().onErrorComplete());
                            // Heard before it is begun: what it says first is its prompt.
                            OpenTerminal terminal = terminal(agent, container, id, topics, caller, ending);
                            return calls.ask(
                                            agent,
                                            "start_terminal_session",
                                            List.of(Map.of(
                                                    "sessionID", topics.session(), "registrationID", lifeline.id())),
                                            as,
                                            callMax)
                                    .thenReturn(terminal)
                                    .doOnError(failure -> terminal.drop())
                                    .onErrorResume(failure -> lifeline.withdraw()
                                            .onErrorComplete()
                                            .then(Mono.error(failure)));
                        }));
    }

    private OpenTerminal terminal(
            AppAgent agent,
            @Nullable String container,
            String id,
            TerminalTopics topics,
            Caller caller,
            Mono<Void> ending) {
        OpenTerminal[] it = new OpenTerminal[1];
        Mono<Void> closing = Mono.defer(() -> {
            open.remove(it[0]);
            return ending.then(noteClosed(agent.device(), container, id, caller));
        });
        it[0] = new OpenTerminal(id, agent, container != null, topics, session, calls, callMax, closing);
        return it[0];
    }

    /** Completes in any case: it is closed. */
    private Mono<Void> noteClosed(DeviceId device, @Nullable String container, String id, Caller caller) {
        return ports.audit()
                .note(new TerminalClosed(device, container, id))
                .contextWrite(context -> context.put(Caller.class, caller))
                .onErrorResume(failure -> {
                    LOG.warn("It could not be noted that terminal {} of {} closed", id, device, failure);
                    return Mono.empty();
                });
    }

    /** The device's session is over, and nothing comes from its shells any more. */
    void forget(AgentPresence.Live gone) {
        for (OpenTerminal each : open) {
            if (each.isOf(gone.device())) {
                each.lose();
            }
        }
    }
}
