package dev.muster.apps.reagent;

import dev.muster.apps.AgentAuditEvent.TerminalClosed;
import dev.muster.apps.AgentAuditEvent.TerminalOpened;
import dev.muster.apps.AgentLink.TerminalSession;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.AppsRefusal;
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
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final AgentPresence presence;
    private final LocalSession session;
    private final AgentCalls calls;
    private final Duration callMax;
    private final Set<OpenTerminal> open = ConcurrentHashMap.newKeySet();

    AgentTerminals(
            ReagentPorts ports, AgentPresence presence, LocalSession session, AgentCalls calls, Duration callMax) {
        this.ports = ports;
        this.presence = presence;
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
        AgentPresence.Live live = presence.of(agent.device());
        if (live == null) {
            return Mono.error(AppsRefusal.AGENT_OFFLINE.because("The device went away."));
        }
        Mono<OpenTerminal> opening = container == null
                ? shell(agent, live, id, account, caller)
                : inContainer(agent, live, container, id, account, caller);
        Mono<OpenTerminal> opened = ports.audit()
                .note(new TerminalOpened(agent.device(), container, id))
                .then(opening)
                .onErrorResume(failure ->
                        noteClosed(agent.device(), container, id, caller).then(Mono.error(failure)))
                .contextWrite(context -> context.put(Caller.class, caller));
        return evenIfNobodyWaits(opened);
    }

    /**
     * Whoever opens a shell may be gone before it is open. By then it is on record, and begun on the device: so it is
     * opened all the same, and closed at once.
     */
    private static Mono<TerminalSession> evenIfNobodyWaits(Mono<OpenTerminal> opening) {
        return Mono.create(sink -> {
            AtomicBoolean isGone = new AtomicBoolean();
            sink.onCancel(() -> isGone.set(true));
            var unused = opening.subscribe(
                    terminal -> {
                        sink.success(terminal);
                        if (isGone.get()) {
                            var unusedClosing = terminal.close().subscribe();
                        }
                    },
                    failure -> {
                        if (!isGone.get()) {
                            sink.error(failure);
                        }
                    });
        });
    }

    private Mono<OpenTerminal> shell(AppAgent agent, AgentPresence.Live live, String id, long account, Caller caller) {
        return calls.ask(agent, "init_device_terminal", List.of(), Map.of(ACCOUNT, account), callMax)
                .map(answer -> TerminalTopics.of(agent, false, answer))
                .map(topics -> terminal(agent, live, null, id, topics, caller, Mono.empty()));
    }

    /**
     * Its agent ends a shell when the router says that a certain registration is gone: so there is one for each, which
     * goes with it, also when this server does.
     */
    private Mono<OpenTerminal> inContainer(
            AppAgent agent, AgentPresence.Live live, String container, String id, long account, Caller caller) {
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
                            OpenTerminal terminal = terminal(agent, live, container, id, topics, caller, ending);
                            return calls.ask(
                                            agent,
                                            "start_terminal_session",
                                            List.of(Map.of(
                                                    "sessionID", topics.session(), "registrationID", lifeline.id())),
                                            as,
                                            callMax)
                                    .thenReturn(terminal)
                                    .doOnError(failure -> {
                                        open.remove(terminal);
                                        terminal.drop();
                                    })
                                    .onErrorResume(failure -> lifeline.withdraw()
                                            .onErrorComplete()
                                            .then(Mono.error(failure)));
                        }));
    }

    private OpenTerminal terminal(
            AppAgent agent,
            AgentPresence.Live live,
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
        OpenTerminal terminal =
                new OpenTerminal(id, agent, live, container != null, topics, session, calls, callMax, closing);
        it[0] = terminal;
        open.add(terminal);
        if (!live.equals(presence.of(agent.device()))) {
            // It went while this was made, and those who were open were told before this one was among them.
            terminal.lose();
        }
        return terminal;
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
            if (each.isOf(gone)) {
                each.lose();
            }
        }
    }
}
