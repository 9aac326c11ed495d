package dev.muster.server.wiring;

import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * A wire with answers that have no end of their own: channels, streams, those who wait. When the server is told to stop
 * they end first, because it waits for answers under way.
 */
final class EndingDoor implements DeviceWire, ApplicationListener<ContextClosedEvent>, AutoCloseable {

    private final Predicate<ServerHttpRequest> serves;
    private final BiFunction<ServerHttpRequest, ServerHttpResponse, Mono<Void>> handle;
    private final Runnable end;

    /** @param end of all that goes on; harmless when it was called before */
    EndingDoor(
            Predicate<ServerHttpRequest> serves,
            BiFunction<ServerHttpRequest, ServerHttpResponse, Mono<Void>> handle,
            Runnable end) {
        this.serves = serves;
        this.handle = handle;
        this.end = end;
    }

    @Override
    public boolean serves(ServerHttpRequest request) {
        return serves.test(request);
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        return handle.apply(request, response);
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        end.run();
    }

    @Override
    public void close() {
        end.run();
    }
}
