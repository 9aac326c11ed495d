package dev.muster.server.wiring;

import dev.muster.config.snapd.ConfdbHandler;
import dev.muster.config.snapd.ConfdbSockets;
import dev.muster.config.snapd.DeviceSocket;
import dev.muster.server.AfterHistory;
import dev.muster.server.http.OwnThreadResponse;
import java.util.List;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * The two doors of the wire of devices' own programs. The sockets open when history is read and close first of all: what
 * they answer with is there as long as they are open, and so are the threads that they share with the server's own port.
 */
final class ConfdbDoors implements DeviceWire, AfterHistory, ApplicationListener<ContextClosedEvent> {

    private final ConfdbHandler handler;
    private final ConfdbSockets sockets;

    ConfdbDoors(ConfdbHandler handler, List<DeviceSocket> sockets) {
        this.handler = handler;
        this.sockets = new ConfdbSockets(
                handler,
                sockets,
                inside -> (request, response) -> inside.handle(request, OwnThreadResponse.of(response)));
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
    public void begin() {
        sockets.open();
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        sockets.close();
    }

    @Override
    public void end() {
        sockets.close();
    }

    @Override
    public String toString() {
        return "The sockets of devices";
    }
}
