package dev.muster.server.wiring;

import dev.muster.apps.AgentLink;
import dev.muster.apps.AppsRefusal;
import dev.muster.identity.Caller;
import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** In a server without the agents' wire every device is away. */
final class NoAgentLink implements AgentLink {

    @Override
    public boolean isOnline(DeviceId device) {
        return false;
    }

    @Override
    public Mono<Answer> call(DeviceId device, String procedure, List<?> args, Map<String, ?> kwargs, Caller caller) {
        return Mono.error(away(device));
    }

    @Override
    public Flux<LogItem> logs(DeviceId device, String container) {
        return Flux.error(away(device));
    }

    @Override
    public Mono<TerminalSession> terminal(DeviceId device, @Nullable String container, Caller caller) {
        return Mono.error(away(device));
    }

    private static RuntimeException away(DeviceId device) {
        return AppsRefusal.AGENT_OFFLINE.because("The agent of device '" + device + "' is not connected.");
    }
}
