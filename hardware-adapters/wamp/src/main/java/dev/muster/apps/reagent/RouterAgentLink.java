package dev.muster.apps.reagent;

import dev.muster.apps.AgentLink;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.AppsRefusal;
import dev.muster.identity.Caller;
import dev.muster.registry.DeviceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The line to agents through the router. They are told for whom they are asked, as a number; and when they ask what
 * that number may, it is what the caller may at this moment.
 */
final class RouterAgentLink implements AgentLink {

    private static final String ACCOUNT = "requestor_account_key";

    private final ReagentPorts ports;
    private final AgentPresence presence;
    private final AgentCalls calls;
    private final AgentLogs logs;
    private final AgentTerminals terminals;
    private final Patience patience;

    RouterAgentLink(
            ReagentPorts ports,
            AgentPresence presence,
            AgentCalls calls,
            AgentLogs logs,
            AgentTerminals terminals,
            Patience patience) {
        this.ports = ports;
        this.presence = presence;
        this.calls = calls;
        this.logs = logs;
        this.terminals = terminals;
        this.patience = patience;
    }

    @Override
    public boolean isOnline(DeviceId device) {
        return presence.isOnline(device);
    }

    @Override
    public Mono<Answer> call(DeviceId device, String procedure, List<?> args, Map<String, ?> kwargs, Caller caller) {
        return online(device, caller, agent -> account -> {
            Map<String, Object> all = new LinkedHashMap<>(kwargs);
            // An order about an app says by itself on whose behalf it is.
            all.putIfAbsent(ACCOUNT, account);
            return calls.ask(agent, procedure, args, all, patience.with(procedure, args));
        });
    }

    @Override
    public Flux<LogItem> logs(DeviceId device, String container) {
        return logs.of(device, container);
    }

    @Override
    public Mono<TerminalSession> terminal(DeviceId device, @Nullable String container, Caller caller) {
        return online(device, caller, agent -> account -> terminals.open(agent, container, account, caller));
    }

    private <T> Mono<T> online(DeviceId device, Caller caller, Function<AppAgent, LongFunction<Mono<T>>> asking) {
        return Mono.defer(() -> {
            AppAgent agent = ports.agents().needed(device);
            if (!presence.isOnline(device)) {
                throw AppsRefusal.AGENT_OFFLINE.because("The agent of device '" + device + "' is not connected.");
            }
            return ports.accounts().of(caller).flatMap(account -> {
                ports.privileges().remember(account, caller);
                return asking.apply(agent).apply(account);
            });
        });
    }
}
