package dev.muster.server.wiring;

import dev.muster.lab.wire.BitelabHandler;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * The wire of lab clients. When the server is told to stop, their channels end first: it waits for answers under way, and
 * a channel is one that has no end of its own.
 */
final class LabDoor implements DeviceWire, ApplicationListener<ContextClosedEvent>, AutoCloseable {

    private final BitelabHandler handler;

    LabDoor(BitelabHandler handler) {
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

    @Override
    public void close() {
        handler.close();
    }
}
