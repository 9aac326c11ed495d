package dev.muster.server.wiring;

import dev.muster.apps.reagent.ReagentCloud;
import dev.muster.apps.reagent.ReagentHttp;
import dev.muster.wamp.WampHandler;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * The agents' wire, and what is asked below its path over plain HTTP. When the server is told to stop, agents are sent
 * away first: it waits for answers under way, and a session has no end of its own.
 */
final class AgentDoor implements DeviceWire, ApplicationListener<ContextClosedEvent> {

    private final ReagentCloud cloud;
    private final WampHandler agents;
    private final ReagentHttp http;

    AgentDoor(ReagentCloud cloud, WampHandler agents) {
        this.cloud = cloud;
        this.agents = agents;
        this.http = cloud.http();
    }

    @Override
    public boolean serves(ServerHttpRequest request) {
        return agents.serves(request);
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        return http.serves(request) ? http.handle(request, response) : agents.handle(request, response);
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        cloud.leave();
        agents.close();
    }
}
