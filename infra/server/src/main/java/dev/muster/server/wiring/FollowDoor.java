package dev.muster.server.wiring;

import dev.muster.config.follow.FollowHandler;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * The wire of devices that follow. When the server is told to stop, those who wait are answered and streams end first:
 * it waits for answers under way, and a stream has no end of its own.
 */
final class FollowDoor implements DeviceWire, ApplicationListener<ContextClosedEvent> {

    private final FollowHandler handler;

    FollowDoor(FollowHandler handler) {
        this.handler = handler;
    }

    @Override
    public boolean serves(ServerHttpRequest request) {
        return handler.serves(request);
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        return handler.handle(request, response);
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        handler.close();
    }
}
